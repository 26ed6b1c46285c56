import { limits } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';

/** The text as it is stored: trimmed, not empty, within the limit of bytes. */
export function composeBody(text: string): string {
  const body = text.trim();
  if (body === '') throw new AppError('message_empty');
  const bytes = Buffer.byteLength(body);
  if (bytes > limits.messageBytes) throw new AppError('message_too_long', { bytes, max: limits.messageBytes });
  return body;
}
