import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';

const { v7: uuidv7 } = createRequire(new URL('../../apps/server/package.json', import.meta.url))('uuid');

/** Kinds of change, as the server's conversation log stores them. */
const KIND = { messageCreated: 1, memberChanged: 2, memberLeft: 3, conversationChanged: 4 };
const APART_MS = 1_000;

export const newPublicId = () => randomBytes(12).toString('base64url');

/**
 * One conversation as it would have come about by commands: seq and ver without gaps, time never running backwards. The
 * methods number exactly as the database functions of the same names do.
 */
export class Conversation {
  constructor(kind, name, at) {
    Object.assign(this, { kind, name, publicId: newPublicId(), seq: 0, ver: 0, lastAt: at });
    this.members = new Map();
    this.messages = [];
    this.changes = [];
  }

  static direct(at, one, other) {
    const conversation = new Conversation('direct', null, at);
    for (const person of new Set([one, other])) conversation.members.set(person, member('member', 0));
    return conversation;
  }

  static group(at, name, people) {
    const conversation = new Conversation('group', name, at);
    const [creator] = people;
    conversation.join(people);
    conversation.members.get(creator).role = 'owner';
    conversation.op = conversation.tell(at, creator, { type: 'group_created', name });
    conversation.creator = creator;
    return conversation;
  }

  say(at, sender, body) {
    const id = uuidv7({ msecs: this.moveTo(at) });
    this.members.get(sender).readSeq = this.seq + 1;
    this.append({ id, sender, body, system: null }, null);
  }

  add(at, actor, people) {
    this.join(people);
    this.tell(at, actor, { type: 'members_added', people });
  }

  leave(at, person) {
    this.members.get(person).leftVer = this.change(KIND.memberLeft, person);
    this.tell(at, person, { type: 'member_left' });
  }

  rename(at, actor, name) {
    this.name = name;
    this.change(KIND.conversationChanged, null);
    this.tell(at, actor, { type: 'group_renamed', name });
  }

  /** Everybody has read everything but so many of the last messages. */
  read(unreadOf) {
    for (const [person, standing] of this.members) {
      if (standing.leftVer === null) standing.readSeq = Math.max(standing.readSeq, this.seq - (unreadOf(person) ?? 0));
    }
  }

  join(people) {
    for (const person of people) {
      const joinedVer = this.change(KIND.memberChanged, person);
      this.members.set(person, { ...member('member', joinedVer), readSeq: this.seq });
    }
  }

  tell(at, actor, system) {
    const id = uuidv7({ msecs: this.moveTo(at) });
    this.append({ id, sender: null, body: null, system: { actor, ...system } }, { actor, id });
    return id;
  }

  append(message, op) {
    this.seq += 1;
    const ver = this.change(KIND.messageCreated, this.seq, op);
    this.messages.push({ ...message, seq: this.seq, ver, at: this.lastAt });
  }

  /** `ref` is a seq, a person, or nothing. Only the record of a command carries its op id. */
  change(kind, ref, op = null) {
    this.ver += 1;
    this.changes.push({ ver: this.ver, kind, ref, op, tag: randomBytes(4).readInt32LE() });
    return this.ver;
  }

  moveTo(at) {
    this.lastAt = Math.max(at, this.seq === 0 ? at : this.lastAt + APART_MS);
    return this.lastAt;
  }
}

const member = (role, joinedVer) => ({ role, joinedVer, fromSeq: 1, leftVer: null, readSeq: 0, uver: 0 });
