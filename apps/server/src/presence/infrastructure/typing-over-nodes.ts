import { z } from 'zod';
import type { ConversationRef, Feed } from '../../conversation-log/public.js';
import type { Bus } from '../../platform/bus/bus.js';
import type { Emitter } from '../../platform/realtime/emitter.js';
import type { Actor } from '../../shared/actor.js';
import { TypingTeller } from '../application/ports.js';

const TOPIC = 'typing';
const Typist = z.object({ conversation: z.int(), userId: z.int(), user: z.string().max(64) });
type Typist = z.infer<typeof Typist>;

export class TypingOverNodes extends TypingTeller {
  constructor(
    private readonly bus: Bus,
    private readonly feed: Feed,
    private readonly emitter: Emitter,
  ) {
    super();
    bus.on(TOPIC, (message) => this.hear(message));
  }

  tell(conversation: ConversationRef, { userId, user }: Actor): void {
    const typist: Typist = { conversation: conversation.id, userId, user };
    this.emit(conversation, typist);
    this.bus.publish(TOPIC, typist);
  }

  private hear(message: unknown): void {
    const { success, data: typist } = Typist.safeParse(message);
    if (!success) return;
    const stream = this.feed.audience.stream(typist.conversation);
    if (stream) this.emit(stream.ref, typist);
  }

  /** To the rooms of the stream: who was removed is out of them before the removal is told. */
  private emit({ id, publicId, kind, pair }: ConversationRef, { userId, user }: Typist): void {
    const typing = { conversation: publicId, user };
    if (kind === 'group') return this.emitter.volatileToGroup(id, userId, 'typing', typing);
    const others = pair.filter((one) => one !== userId);
    this.emitter.volatileToUsers(others, 'typing', typing);
  }
}
