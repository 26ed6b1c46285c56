import { Conversation, newPublicId } from './conversation.mjs';
import { endings, firstNames, groupNames, lastNames, middles, openings } from './large-words.mjs';

const CONVERSATIONS = 1_000;
const MESSAGES = 100_000;
/** One conversation that is really long, as there is in every life. */
const LONGEST = 20_000;
const GROUPS = 250;
const HOUR_MS = 3_600_000;
const SPAN_MS = 20 * 24 * HOUR_MS;

/** Adds people and conversations until the first person is in 1,000 of them, with 100,000 messages in all. */
export function growLarge({ people, conversations }, now) {
  const [first] = people;
  const pick = picker(20_261_122);
  const missing = CONVERSATIONS - conversations.filter(({ members }) => members.has(first)).length;
  const strangers = Array.from({ length: missing - GROUPS }, (_, index) => stranger(index, now));
  const added = Array.from({ length: missing }, (_, index) => {
    const at = now - SPAN_MS - HOUR_MS - index * 60_000;
    if (index >= GROUPS) return Conversation.direct(at, first, strangers[index - GROUPS]);
    const others = Array.from(
      { length: 2 + (index % 12) },
      (_, place) => strangers[(index * 3 + place) % strangers.length],
    );
    return Conversation.group(at, `${groupNames[index % groupNames.length]} ${index + 1}`, [first, ...others]);
  });
  const left = MESSAGES - [...conversations, ...added].reduce((sum, { seq }) => sum + seq, 0);
  lengths(left, added.length).forEach((length, index) => fill(added[index], length, now, pick));
  return { people: [...people, ...strangers], conversations: [...conversations, ...added] };
}

function stranger(index, now) {
  const name = `${firstNames[index % firstNames.length]} ${lastNames[Math.floor(index / firstNames.length) % lastNames.length]}`;
  return { key: `persona${index + 1}.`, name, publicId: newPublicId(), since: now - 30 * 24 * HOUR_MS };
}

/** The first gets the long history, the others the same each; the last one what is left over. */
function lengths(messages, count) {
  const each = Math.floor((messages - LONGEST) / (count - 1));
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? LONGEST : index < count - 1 ? each : messages - LONGEST - each * (count - 2),
  );
}

/** Spread over the span; the conversations end at different moments, so that the list has an order. */
function fill(conversation, length, now, pick) {
  const people = [...conversation.members.keys()];
  const end = now - pick(10 * 24 * 60) * 60_000 - 60_000;
  const begin = now - SPAN_MS;
  for (let index = 0; index < length; index += 1) {
    const at = begin + Math.floor(((end - begin) * (index + 1)) / length);
    conversation.say(at, people[pick(people.length)], sentence(pick));
  }
  conversation.read(() => (pick(10) === 0 ? pick(30) : 0));
}

const sentence = (pick) =>
  [openings, middles, endings]
    .map((words) => words[pick(words.length)])
    .join(', ')
    .slice(0, 200);

/** The same numbers in every run: what a bench reads today it reads tomorrow. */
function picker(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
