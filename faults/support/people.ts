import { v7 as uuidv7 } from 'uuid';
import { request } from '../../apps/server/test/support/participant.js';
import { JoseTokens } from '../../apps/server/src/identity/infrastructure/jose-tokens.js';
import { newPublicId } from '../../apps/server/src/shared/public-id.js';
import type { Cluster } from './cluster.js';

/** Of one command; see the limits of the contract. */
const AT_ONCE = 100;

export interface Person {
  user: string;
  session: string;
  token: string;
}

/** So many accounts as rows, signed in: to hash their passwords would take longer than what they are needed for. */
export async function addPeople(cluster: Cluster, count: number): Promise<Person[]> {
  const ids = (): string[] => Array.from({ length: count }, newPublicId);
  const rows = await cluster.query<{ user: string; session: string }>(
    `with person as (
       insert into users (public_id, email, name, search_name, password_hash, role)
       select p.id, p.id || '@example.org', p.id, lower(p.id), '', 'member' from unnest($1::text[]) p (id)
       returning id, public_id
     ), counter as (
       insert into user_counters (user_id) select id from person
     ), session as (
       insert into sessions (public_id, user_id)
       select s.id, p.id from (select id, row_number() over () as place from person) p
         join unnest($2::text[]) with ordinality s (id, place) using (place)
       returning public_id, user_id
     )
     select p.public_id as "user", s.public_id as session from person p join session s on s.user_id = p.id`,
    [ids(), ids()],
  );
  const people = rows.map((row) => ({ ...row, token: '' }));
  await signIn(cluster, people);
  return people;
}

/** Gives each of them an access token for the next ten minutes. */
export async function signIn({ secret }: Cluster, people: readonly Person[]): Promise<void> {
  const tokens = new JoseTokens([Buffer.from(secret)], Date);
  for (const person of people) person.token = (await tokens.signAccess(person.user, person.session)).accessToken;
}

/** A group of all of them, made as anybody makes one; answers its id. */
export async function gather(cluster: Cluster, name: string, people: readonly Person[]): Promise<string> {
  const [owner, ...others] = people.map(({ user }) => user);
  const token = people.find(({ user }) => user === owner)?.token ?? '';
  const made = await command<{ row: { id: string } }>(cluster, token, 'groups', {
    name,
    users: others.slice(0, AT_ONCE),
  });
  for (let from = AT_ONCE; from < others.length; from += AT_ONCE)
    await command(cluster, token, `${made.row.id}/add-members`, { users: others.slice(from, from + AT_ONCE) });
  return made.row.id;
}

async function command<T>(cluster: Cluster, token: string, path: string, input: object): Promise<T> {
  const url = `http://127.0.0.1:${cluster.living()?.port}`;
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await request<T>(
    url,
    'POST',
    `/api/conversations/${path}`,
    { op: uuidv7(), ...input },
    headers,
  );
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}
