import { createRequire } from 'node:module';
import { readSmallWorld } from './small-world.mjs';
import { growLarge } from './large-world.mjs';
import { writeWorld } from './write-world.mjs';

const require = createRequire(new URL('../../apps/server/package.json', import.meta.url));
const pg = require('pg');
const { Complaint } = createRequire(import.meta.url)('../lib/say.cjs');
const server = (file) => import(new URL(`../../apps/server/dist/${file}`, import.meta.url).href);

/** Everybody's. Printed, so good for nothing but a look around. */
export const PASSWORD = 'tertulia de ejemplo';

/** About a dozen people and some days of their history. Brings the schema up to date first. */
export const seedSmall = (databaseUrl, options = {}) => seed(databaseUrl, options, readSmallWorld);

/** The same, and a person with 1,000 conversations; 100,000 messages in all. */
export const seedLarge = (databaseUrl, options = {}) =>
  seed(databaseUrl, options, (now) => growLarge(readSmallWorld(now), now));

async function seed(databaseUrl, { again = false, now = Date.now() }, makeWorld) {
  const { migrate } = await server('platform/database/migrate.js');
  await migrate(databaseUrl);
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const set = await numberOfSet(client, again);
    const world = makeWorld(now);
    await preparePeople(world.people, set);
    const isOwner = await writeWorld(client, world);
    await client.query('analyze');
    return summary(world, isOwner);
  } finally {
    await client.end();
  }
}

/** 1 for the first; a later set has other addresses, so that people and pairs stay apart. */
async function numberOfSet(client, again) {
  const { rows } = await client.query(
    `select exists (select 1 from users) as "any", count(*)::int as sets from users where email ~ '^ana[0-9]*@example\\.org$'`,
  );
  if (rows[0].any && !again) {
    throw new Complaint(
      'There are people in this database already. To add another set of examples beside them: npm run seed -- --again',
    );
  }
  return rows[0].sets + 1;
}

async function preparePeople(people, set) {
  const { Argon2Hasher } = await server('identity/infrastructure/argon2-hasher.js');
  const { foldText } = await server('shared/text.js');
  const passwordHash = await new Argon2Hasher().hash(PASSWORD);
  for (const person of people) {
    Object.assign(person, {
      passwordHash,
      searchName: foldText(person.name),
      email: `${person.key}${set === 1 ? '' : set}@example.org`,
    });
  }
}

function summary({ people, conversations }, isOwner) {
  return {
    people: people.map(({ email, name, publicId }) => ({ email, name, id: publicId })),
    conversations: conversations.length,
    messages: conversations.reduce((sum, { seq }) => sum + seq, 0),
    password: PASSWORD,
    isOwner,
  };
}
