import { createRequire } from 'node:module';

const pg = createRequire(new URL('../../apps/server/package.json', import.meta.url))('pg');

/** A time-ordered UUID, as clients make them. */
const clientId = `(lpad(to_hex((extract(epoch from w.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(w.g::text), 1, 3)
  || '8' || substr(md5(w.g::text), 4, 15))::uuid`;

/** Writes so many messages by both members at once, beside the server, keeping every rule of its log. Answers the last seq. */
export async function fillConversation(databaseUrl, publicId, count) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query(
      'select id, seq, ver from conversations where public_id = $1 for no key update',
      [publicId],
    );
    const [{ id, seq, ver }] = rows;
    await client.query(
      `with w as (
         select g, clock_timestamp() - (interval '1 second' * ($4::int - g)) as at,
           (array(select user_id from members where conversation_id = $1 order by user_id))[1 + g % 2] as sender
         from generate_series(1, $4::int) g
       ), written as (
         insert into messages (conversation_id, seq, ver, client_id, sender_id, body, created_at)
         select $1, $2::int + g, $3::int + g, ${clientId}, sender, rpad('Mensaje ' || g || ' ', 100, 'hola qué tal '), greatest(at, (select last_at from conversations where id = $1)) from w
       )
       insert into changes (conversation_id, ver, kind, tag, ref) select $1, $3::int + g, 1, random_tag(), $2::int + g from w`,
      [id, seq, ver, count],
    );
    await client.query(
      `update conversations set seq = seq + $2::int, ver = ver + $2::int,
         last_at = (select created_at from messages where conversation_id = $1 and seq = $3) where id = $1`,
      [id, count, seq + count],
    );
    await client.query('insert into commits (conversation_ids, vers) values (array[$1::bigint], array[$2::int])', [
      id,
      ver + count,
    ]);
    await client.query('commit');
    await client.query('analyze messages, changes');
    return seq + count;
  } finally {
    await client.end();
  }
}
