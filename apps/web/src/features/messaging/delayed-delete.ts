import type { Message } from '@tertulia/contract';
import { dismissToast, showToast } from '../../components/ui/toast-store';
import { client } from '../../lib/client';
import { useDeletions } from './deletion-store';

const UNDO_MS = 5_000;

interface Words {
  deleted: string;
  undo: string;
  failed: (error: unknown) => string;
}

/** How each deletion that can still be taken back is done now. */
const waiting = new Map<string, () => void>();

/** Takes a message off the screen at once, and deletes it when there was time to think again. */
export function deleteSoon(conversation: string, message: Message, words: Words): void {
  const { id } = message;
  if (waiting.has(id)) return;
  useDeletions.getState().hide(id);
  const end = (): void => {
    clearTimeout(timer);
    dismissToast(toast);
    waiting.delete(id);
  };
  const takeBack = (): void => {
    end();
    useDeletions.getState().show(id);
  };
  const commit = (): void => {
    end();
    client()
      .remove(conversation, message)
      .catch((error: unknown) => showToast(words.failed(error), 'error'))
      // From here on the client hides it; what it tells reaches the list within this turn.
      .finally(() => setTimeout(() => useDeletions.getState().show(id)));
  };
  const toast = showToast(words.deleted, 'plain', { label: words.undo, run: takeBack });
  const timer = setTimeout(commit, UNDO_MS);
  waiting.set(id, commit);
  addEventListener('pagehide', deleteNow);
  document.addEventListener('visibilitychange', deleteWhenHidden);
}

/** Nobody is there any more to take it back. */
export function deleteNow(): void {
  for (const commit of [...waiting.values()]) commit();
}

function deleteWhenHidden(): void {
  if (document.visibilityState === 'hidden') deleteNow();
}
