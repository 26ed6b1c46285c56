import { readFileSync } from 'node:fs';
import { Conversation, newPublicId } from './conversation.mjs';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const file = new URL('./small-chat.txt', import.meta.url);

/** The people and conversations of small-chat.txt, told so that the last words were said a moment before `now`. */
export function readSmallWorld(now) {
  const blocks = readFileSync(file, 'utf8')
    .split(/^# /m)
    .slice(1)
    .map((block) => block.trimEnd().split('\n'));
  const [persons, ...chats] = blocks;
  const people = persons.slice(1).map((line) => personOf(line, now));
  const byKey = new Map(people.map((person) => [person.key, person]));
  const named = (keys) => keys.map((key) => byKey.get(key) ?? fail(`nobody is called ${key}`));
  const conversations = chats.map((lines) => readChat(lines, named, now));
  return { people, conversations };
}

function personOf(line, now) {
  const [, key, name] = /^(\S+) (.+)$/.exec(line);
  return { key, name, publicId: newPublicId(), since: now - 30 * DAY_MS };
}

function readChat([head, ...lines], named, now) {
  const [, kind, title, keys] = /^(direct|group)(?: "(.+)")? (.+)$/.exec(head) ?? fail(head);
  const people = named(keys.split(' '));
  const entries = joinContinued(lines).filter((line) => line !== '');
  const clock = new Clock(now);
  const unread = new Map();
  let conversation = null;
  const begin = (at) =>
    kind === 'direct'
      ? Conversation.direct(at, people[0], people.at(-1))
      : Conversation.group(at - MINUTE_MS, title, people);
  for (const entry of entries) {
    const [word, ...rest] = entry.split(' ');
    if (word === 'day') clock.day = Number(rest[0]);
    else if (word === 'unread') unread.set(named([rest[0]])[0], Number(rest[1]));
    else {
      const at = clock.at(word);
      conversation ??= begin(at);
      act(conversation, at, named([rest[0]])[0], rest.slice(1).join(' '), named);
    }
  }
  conversation.read((person) => unread.get(person));
  return conversation;
}

/** Commands begin with a character that no message here begins with. */
function act(conversation, at, actor, text, named) {
  if (text.startsWith('+ ')) conversation.add(at, actor, named(text.slice(2).split(' ')));
  else if (text.startsWith('= ')) conversation.rename(at, actor, text.slice(2));
  else if (text === '-') conversation.leave(at, actor);
  else conversation.say(at, actor, text);
}

/** Lines that begin with two spaces go on with the message before them. */
function joinContinued(lines) {
  const joined = [];
  for (const line of lines) {
    if (line.startsWith('  ')) joined[joined.length - 1] += `\n${line === '  |' ? '' : line.slice(2)}`;
    else joined.push(line.trim());
  }
  return joined;
}

/** Times of day on the days before; minutes before now (`-12m`) on the last. Never after now. */
class Clock {
  day = 0;

  constructor(now) {
    this.now = now;
  }

  at(word) {
    const ago = /^-(\d+)m$/.exec(word);
    if (ago) return this.now - Number(ago[1]) * MINUTE_MS;
    const [hours, minutes] = word.split(':').map(Number);
    const midnight = new Date(this.now).setHours(0, 0, 0, 0);
    const seconds = (hours * 7 + minutes * 13) % 50;
    return Math.min(this.now, new Date(midnight + this.day * DAY_MS).setHours(hours, minutes, seconds));
  }
}

function fail(what) {
  throw new Error(`small-chat.txt: ${what}`);
}
