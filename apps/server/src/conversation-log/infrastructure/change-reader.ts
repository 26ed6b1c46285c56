import { sql } from 'drizzle-orm';
import type { Change } from '@tertulia/contract';
import type { Database } from '../../platform/database/database.js';
import type { ChangeLoader, ConversationRef, LoggedChange, Pointer } from '../application/ports.js';
import { changeKind } from './conversation-log.tables.js';

/** Turns records of the change log into what goes over the wire: pointers resolved to the current state. */
export class ChangeReader {
  private readonly loaders = new Map<number, ChangeLoader>();

  constructor(private readonly database: Database) {}

  register(loader: ChangeLoader): void {
    for (const kind of loader.kinds) this.loaders.set(kind, loader);
  }

  /** Records with afterVer < ver, at most `limit`, in order. */
  async read(conversation: ConversationRef, afterVer: number, limit: number): Promise<LoggedChange[]> {
    const { rows } = await this.database.db.execute<Pointer & Record<string, unknown>>(sql`
      select conversation_id as "conversationId", ver, kind, ref, tag from changes
      where conversation_id = ${conversation.id} and ver > ${afterVer} and ver <= ${afterVer + limit} order by ver`);
    return this.resolve(rows, new Map([[conversation.id, conversation.publicId]]));
  }

  /** Who was removed or left after a ver, by now, and where. */
  async readLeaves(conversation: ConversationRef, afterVer: number): Promise<{ userId: number; ver: number }[]> {
    const { rows } = await this.database.db.execute<{ userId: number; ver: number }>(sql`
      select ref as "userId", ver from changes
      where conversation_id = ${conversation.id} and ver > ${afterVer} and kind = ${changeKind.memberLeft} order by ver`);
    return rows;
  }

  /** In the order of the pointers. */
  async resolve(pointers: readonly Pointer[], publicIds: ReadonlyMap<number, string>): Promise<LoggedChange[]> {
    const payloads = new Map<Pointer, Change>();
    for (const [loader, own] of this.byLoader(pointers)) {
      const loaded = await loader.load(own);
      own.forEach((pointer, index) => {
        const payload = loaded[index];
        const conversation = publicIds.get(pointer.conversationId);
        if (!payload || conversation === undefined)
          throw new Error(`change ${pointer.conversationId}/${pointer.ver} points at nothing`);
        payloads.set(pointer, { conversation, ver: pointer.ver, tag: pointer.tag, ...payload });
      });
    }
    return pointers.map((pointer) => ({
      wire: payloads.get(pointer)!,
      ...(pointer.kind === changeKind.memberLeft && { left: pointer.ref }),
    }));
  }

  private byLoader(pointers: readonly Pointer[]): Map<ChangeLoader, Pointer[]> {
    const groups = new Map<ChangeLoader, Pointer[]>();
    for (const pointer of pointers) {
      const loader = this.loaders.get(pointer.kind);
      if (!loader) throw new Error(`no loader for changes of kind ${pointer.kind}`);
      groups.set(loader, [...(groups.get(loader) ?? []), pointer]);
    }
    return groups;
  }
}
