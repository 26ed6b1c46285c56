import type { Ack, Output, PersonPresence, PresenceState, Typing, watchPresence } from '@tertulia/contract';
import { expect, vi } from 'vitest';
import { granted, type Participant } from './participant.js';

/** What one connection hears of others: who types, and the last state of whom it watches. */
export class PresenceListener {
  readonly typing: Typing[] = [];
  /** Every state told, in order, the answers of `watch` among them. */
  readonly told: PersonPresence[] = [];

  constructor(readonly who: Participant) {
    who.socket!.on('typing', (typing: Typing) => this.typing.push(typing));
    who.socket!.on('presence', ({ users }: { users: PersonPresence[] }) => this.told.push(...users));
  }

  async watch(...people: Participant[]): Promise<PresenceState[]> {
    const users = people.map(({ id }) => id);
    const answer = granted(await this.who.emit<Output<typeof watchPresence>>('presence:watch', { users }));
    this.told.push(...answer.users);
    expect(answer.users.map(({ user }) => user)).toEqual(users);
    return answer.users.map(({ state }) => state);
  }

  type(conversation: string): Promise<Ack<object>> {
    return this.who.emit('typing:set', { conversation });
  }

  of(person: Participant): PresenceState[] {
    return this.told.filter(({ user }) => user === person.id).map(({ state }) => state);
  }

  async sees(person: Participant, state: PresenceState, timeout = 10_000): Promise<void> {
    await vi.waitFor(() => expect(this.of(person).at(-1), person.name).toBe(state), { timeout, interval: 50 });
  }

  /** Types as people do, again and again: what is volatile may get lost, and what was just joined may be under way. */
  async typesUntilHeard(conversation: string, ...listeners: PresenceListener[]): Promise<void> {
    const typing = { conversation, user: this.who.id };
    await vi.waitFor(
      async () => {
        await this.type(conversation);
        for (const listener of listeners) expect(listener.typing, listener.who.name).toContainEqual(typing);
      },
      { timeout: 20_000, interval: 500 },
    );
  }
}
