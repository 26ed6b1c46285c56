import { newPublicId } from '../../apps/server/src/shared/public-id.js';
import { fillConversation } from '../../bench/support/fill-conversation.mjs';
import type { Cluster } from './cluster.js';
import { addPeople, gather, type Person } from './people.js';

const OTHERS = 50;
/** One transaction each: it holds a lock per group. */
const AT_ONCE = 500;

export interface LongLife {
  /** Has them all. */
  reader: Person;
  /** The conversation with very many messages. */
  archive: string;
  last: number;
}

/** Somebody with so many conversations, one of them with so many messages: the small ones by the server's own functions. */
export async function addLongLife(cluster: Cluster, messages: number, conversations: number): Promise<LongLife> {
  const [reader, ...others] = (await addPeople(cluster, 1 + OTHERS)) as [Person, ...Person[]];
  const archive = await gather(cluster, 'Archive', [reader, others[0]!]);
  const last = await fillConversation(cluster.postgres.url(cluster.database), archive, messages);
  for (let made = 1; made < conversations; made += AT_ONCE)
    await addGroups(cluster, reader, others, Math.min(AT_ONCE, conversations - made));
  // As it would be with years between: nothing is left to be tidied up.
  await cluster.query('vacuum analyze');
  await cluster.query('checkpoint');
  return { reader, archive, last };
}

/** Each with its last word from somebody else. */
const addGroups = (cluster: Cluster, reader: Person, others: readonly Person[], count: number): Promise<unknown> =>
  cluster.query(
    `with person as (
       select u.id, s.id as session, p.place from unnest($1::text[]) with ordinality p (id, place)
         join users u on u.public_id = p.id join sessions s on s.user_id = u.id
     ), made as materialized (
       select g.name, o.id as other, o.session, c.conversation_id
         from unnest($2::text[]) with ordinality g (name, place)
         join person o on o.place = 2 + g.place % $3
         join person me on me.place = 1
         cross join lateral create_group(me.id, me.session, gen_random_uuid(), g.name, g.name, array[o.id]) c
     )
     select s.outcome from made m
      cross join lateral send_message(m.conversation_id, m.other, m.session, gen_random_uuid(), 'Hola, ' || m.name) s`,
    [[reader, ...others].map(({ user }) => user), Array.from({ length: count }, newPublicId), OTHERS],
  );

/** Takes it out again: the history does not tell who wrote all that. */
export async function removeLongLife(cluster: Cluster, { reader }: LongLife): Promise<void> {
  await cluster.query(
    `create table removed as select m.conversation_id as id from members m join users u on u.id = m.user_id where u.public_id = $1`,
    [reader.user],
  );
  for (const table of ['messages', 'changes', 'members', 'directs', 'groups'])
    await cluster.query(`delete from ${table} where conversation_id in (select id from removed)`);
  await cluster.query('delete from conversations where id in (select id from removed)');
}
