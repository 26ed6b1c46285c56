import { createRequire } from 'node:module';
import { withDatabase } from './open-database.mjs';
import { seedLarge, seedSmall } from './seed.mjs';

const { Complaint } = createRequire(import.meta.url)('../lib/say.cjs');

const usage = `npm run seed                 people, conversations and some days of history
npm run seed -- --large      besides: 1,000 conversations for one person, 100,000 messages in all
npm run seed -- --again      even where there is something already: another set beside it
Fills the database of DATABASE_URL, or the one in DATA_DIR (./data) while no server runs there.`;

const known = ['--large', '--again', '--help'];

export async function main(options) {
  const stray = options.find((option) => !known.includes(option));
  if (stray !== undefined) throw new Complaint(`There is no option ${stray}.\n${usage}`);
  if (options.includes('--help')) return console.log(usage);
  const seed = options.includes('--large') ? seedLarge : seedSmall;
  const done = await withDatabase((databaseUrl) => seed(databaseUrl, { again: options.includes('--again') }));
  console.log(report(done));
}

function report({ people, conversations, messages, password, isOwner, database }) {
  const [first] = people;
  return `Filled ${database}: ${people.length} people, ${conversations} conversations, ${messages} messages.
Log in as ${first.email}${isOwner ? ', who owns the server,' : ''} or as ${people[1].email}, ${people[2].email} …
The password of every one of them: ${password}`;
}
