import type { ConversationFinder, ConversationRef } from '../../conversation-log/public.js';
import { AppError } from '../../shared/app-error.js';

/** Absent and not yours are the same answer: whoever is no member is refused with it under the lock. */
export async function requireConversation(finder: ConversationFinder, publicId: string): Promise<ConversationRef> {
  const conversation = await finder.find(publicId);
  if (!conversation) throw new AppError('conversation_not_found');
  return conversation;
}
