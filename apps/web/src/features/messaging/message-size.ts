import { limits } from '@tertulia/contract';

const encoder = new TextEncoder();
const NEAR = limits.messageBytes * 0.9;

/** Bytes left when near the limit, negative above it; null while there is plenty. */
export function bytesLeft(text: string): number | null {
  // No character needs more than three bytes per UTF-16 unit: short texts are not measured.
  if (text.length * 3 < NEAR) return null;
  const bytes = encoder.encode(text.trim()).length;
  return bytes < NEAR ? null : limits.messageBytes - bytes;
}
