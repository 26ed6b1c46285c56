const ROWS_AT_ONCE = 5_000;

/** In one transaction: all of it or nothing. Answers whether the first person became the owner of the server. */
export async function writeWorld(client, { people, conversations }) {
  await client.query('begin');
  try {
    const isOwner = await writePeople(client, people);
    numberForUsers(people, conversations);
    await writeConversations(client, conversations);
    await writeMembers(client, conversations);
    await writeHistory(client, conversations);
    await writeCounters(client, people);
    await writeCommit(client, people, conversations);
    await client.query('commit');
    return isOwner;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function writePeople(client, people) {
  const { rows: owners } = await client.query(`select 1 from users where role = 'owner'`);
  const isOwner = owners.length === 0;
  const rows = people.map((person, index) => [
    person.publicId,
    person.email,
    person.name,
    person.searchName,
    person.passwordHash,
    isOwner && index === 0 ? 'owner' : 'member',
    new Date(person.since),
  ]);
  const ids = await insert(
    client,
    'users',
    'public_id text, email text, name text, search_name text, password_hash text, role text, created_at timestamptz',
    rows,
    'id, public_id',
  );
  const byPublicId = new Map(ids.map(({ id, public_id: publicId }) => [publicId, id]));
  for (const person of people) person.id = byPublicId.get(person.publicId);
  return isOwner;
}

/** Each joining is one more of what concerns the user alone; sending and what was read with it are not. */
function numberForUsers(people, conversations) {
  for (const person of people) person.uver = 0;
  for (const { members } of conversations) {
    for (const [person, standing] of members) standing.uver = person.uver += 1;
  }
}

async function writeConversations(client, conversations) {
  const rows = conversations.map(({ publicId, kind, seq, ver, lastAt }) => [
    publicId,
    kind,
    seq,
    ver,
    new Date(lastAt),
  ]);
  const ids = await insert(
    client,
    'conversations',
    'public_id text, kind text, seq int, ver int, last_at timestamptz',
    rows,
    'id, public_id',
  );
  const byPublicId = new Map(ids.map(({ id, public_id: publicId }) => [publicId, id]));
  for (const conversation of conversations) conversation.id = byPublicId.get(conversation.publicId);
  const directs = conversations
    .filter(({ kind }) => kind === 'direct')
    .map(({ id, members }) => [id, ...pairOf(members)]);
  await insert(client, 'directs', 'conversation_id bigint, low_user_id bigint, high_user_id bigint', directs);
  const groups = conversations
    .filter(({ kind }) => kind === 'group')
    .map(({ id, name, creator, op }) => [id, name, creator.id, op]);
  await insert(client, 'groups', 'conversation_id bigint, name text, creator_id bigint, op_id uuid', groups);
}

/** Low first; one's notes are a pair with oneself. */
function pairOf(members) {
  const ids = [...members.keys()].map(({ id }) => Number(id)).sort((a, b) => a - b);
  return [ids[0], ids.at(-1)];
}

async function writeMembers(client, conversations) {
  const rows = conversations.flatMap(({ id, members }) =>
    [...members].map(([person, { role, joinedVer, fromSeq, leftVer, readSeq, uver }]) => [
      id,
      person.id,
      role,
      joinedVer,
      fromSeq,
      leftVer,
      readSeq,
      uver,
    ]),
  );
  await insert(
    client,
    'members',
    'conversation_id bigint, user_id bigint, role text, joined_ver int, from_seq int, left_ver int, read_seq int, uver int',
    rows,
  );
}

async function writeHistory(client, conversations) {
  const messages = conversations.flatMap((conversation) =>
    conversation.messages.map(({ seq, ver, id, sender, body, system, at }) => [
      conversation.id,
      seq,
      ver,
      id,
      sender?.id ?? null,
      body,
      storedSystem(system),
      new Date(at),
    ]),
  );
  await insert(
    client,
    'messages',
    'conversation_id bigint, seq int, ver int, client_id uuid, sender_id bigint, body text, system jsonb, created_at timestamptz',
    messages,
  );
  const changes = conversations.flatMap((conversation) =>
    conversation.changes.map(({ ver, kind, ref, op, tag }) => [
      conversation.id,
      ver,
      kind,
      tag,
      ref?.id ?? ref ?? 0,
      op?.actor.id ?? null,
      op?.id ?? null,
    ]),
  );
  await insert(
    client,
    'changes',
    'conversation_id bigint, ver int, kind smallint, tag int, ref bigint, actor_id bigint, op_id uuid',
    changes,
  );
}

/** Names people by their internal ids, as the database functions do. */
function storedSystem(system) {
  if (system === null) return null;
  const { actor, people, ...rest } = system;
  return JSON.stringify({
    actor: Number(actor.id),
    ...(people && { people: people.map(({ id }) => Number(id)) }),
    ...rest,
  });
}

const writeCounters = (client, people) =>
  insert(
    client,
    'user_counters',
    'user_id bigint, uver int',
    people.map(({ id, uver }) => [id, uver]),
  );

/** Tells a server that runs on this database. */
const writeCommit = (client, people, conversations) =>
  client.query('insert into commits (conversation_ids, vers, user_ids, uvers) values ($1, $2, $3, $4)', [
    conversations.map(({ id }) => id),
    conversations.map(({ ver }) => ver),
    people.map(({ id }) => id),
    people.map(({ uver }) => uver),
  ]);

/** `columns` is "name type, name type"; the order of rows and columns is the same. */
async function insert(client, table, columns, rows, returning = null) {
  const names = columns.split(', ').map((column) => column.split(' ')[0]);
  const types = columns.split(', ').map((column) => column.split(' ')[1]);
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const statement = `insert into ${table} (${names.join(', ')}) select * from unnest(${arrays})${returning === null ? '' : ` returning ${returning}`}`;
  const results = [];
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const slice = rows.slice(first, first + ROWS_AT_ONCE);
    const { rows: returned } = await client.query(
      statement,
      names.map((_, column) => slice.map((row) => row[column])),
    );
    results.push(...returned);
  }
  return results;
}
