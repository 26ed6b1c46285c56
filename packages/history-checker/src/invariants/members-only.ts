import { Finding, type Clause } from '../finding.js';
import type { IndexedHistory, Receive } from '../indexed-history.js';
import type { Membership } from '../memberships.js';

/** 9: nothing received by a non-member, after a removal, or from below from_seq (edits and quotes included). */
export const membersOnly: Clause[] = [{ invariant: 9, says: 'nobody took what is not for them', look }];

function look({ streams, memberships, epochs }: IndexedHistory): Finding {
  const finding = new Finding();
  for (const { conversation, receives } of streams) {
    if (!memberships.areKnown(conversation)) continue;
    for (const entry of receives) {
      // Who was a member in an earlier epoch went with it.
      if (!epochs.isLast(entry.client, entry.t)) continue;
      finding.examined += 1;
      const stays = memberships.of(conversation, entry.user);
      if (stays.some((stay) => isFor(stay, entry))) continue;
      finding.complain(`${entry.user} ${offence(stays, entry)}`, [entry]);
    }
  }
  return finding;
}

/**
 * Both the change and the state it carries: a change from before the removal must not bring an edit from after it. Who
 * is in again may see what was said meanwhile, if the policy says so, but not before it was asked that they come back.
 */
function isFor({ leftVer, fromSeq, askedAt }: Membership, { ver, message, t }: Receive): boolean {
  if (Math.max(ver, message?.ver ?? 0) >= leftVer) return false;
  return t >= askedAt && (message === null || message.seq >= fromSeq);
}

function offence(stays: readonly Membership[], { client, ver, message }: Receive): string {
  const what = message ? `message ${message.seq} in its state of ${message.ver}` : `change ${ver}`;
  if (stays.length === 0) return `is no member, and ${client} took ${what}`;
  const ended = stays.filter(({ leftVer }) => Math.max(ver, message?.ver ?? 0) >= leftVer).at(-1);
  if (ended) return `was out from change ${ended.leftVer} on, and ${client} took change ${ver} with ${what}`;
  return `may see from ${stays.at(-1)!.fromSeq} on, and ${client} took ${what}`;
}
