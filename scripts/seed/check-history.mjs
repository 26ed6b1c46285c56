/** What must hold for every conversation in every database of this server; each query names what does not. */
const facts = {
  'seq runs from 1 to N without gaps': `
    select c.id from conversations c left join messages m on m.conversation_id = c.id group by c.id
    having count(m.seq) <> c.seq or coalesce(min(m.seq), 1) <> 1 or coalesce(max(m.seq), 0) <> c.seq`,
  'ver runs from 1 to M without gaps': `
    select c.id from conversations c left join changes x on x.conversation_id = c.id group by c.id
    having count(x.ver) <> c.ver or coalesce(min(x.ver), 1) <> 1 or coalesce(max(x.ver), 0) <> c.ver`,
  'every message has its change': `
    select m.conversation_id as id from messages m
    left join changes x on x.conversation_id = m.conversation_id and x.ver = m.ver and x.kind in (1, 5) and x.ref = m.seq where x.ver is null`,
  'time never runs backwards': `
    select id from (select conversation_id as id, created_at < lag(created_at) over (partition by conversation_id order by seq) as back from messages) t where back`,
  'last_at is the time of the last message': `
    select c.id from conversations c join messages m on m.conversation_id = c.id and m.seq = c.seq where m.created_at <> c.last_at`,
  'who wrote was a member': `
    select m.conversation_id as id from messages m left join members p on p.conversation_id = m.conversation_id and p.user_id = m.sender_id
    where m.sender_id is not null and (p.user_id is null or m.seq < p.from_seq)`,
  'read marks and intervals lie within the conversation': `
    select c.id from conversations c join members p on p.conversation_id = c.id where p.read_seq > c.seq or p.joined_ver > c.ver or p.left_ver > c.ver`,
  'the counter of a user is the highest uver of their rows': `
    select u.user_id as id from user_counters u join members p on p.user_id = u.user_id group by u.user_id having max(p.uver) > u.uver`,
  'everybody has a counter': `select u.id from users u left join user_counters c on c.user_id = u.id where c.user_id is null`,
  'a direct conversation is its pair': `
    select d.conversation_id as id from directs d join members p on p.conversation_id = d.conversation_id group by d.conversation_id, d.low_user_id, d.high_user_id
    having min(p.user_id) <> d.low_user_id or max(p.user_id) <> d.high_user_id`,
};

/** Sentences about what is wrong; none: all is well. */
export async function checkHistory(client) {
  const complaints = [];
  for (const [fact, query] of Object.entries(facts)) {
    const { rows } = await client.query(`select count(*)::int as wrong, min(id) as example from (${query}) t`);
    const [{ wrong, example }] = rows;
    if (wrong > 0) complaints.push(`not true that ${fact}: ${wrong}, for example ${example}`);
  }
  return complaints;
}
