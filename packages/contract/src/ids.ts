import { z } from 'zod';

/** Public id of a user, conversation or session: 16 characters of base64url, opaque. */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16}$/)
  .describe('Opaque public id');
export type Id = z.infer<typeof Id>;

/** Made by the client (UUIDv7) before the first attempt and kept over every retry: the key of idempotency. */
export const OpId = z.uuid().toLowerCase().describe('Operation id made by the client, a UUIDv7');
export type OpId = z.infer<typeof OpId>;

/** Number of a message in its conversation: 1, 2, 3… without gaps. */
export const Seq = z.int().min(0).max(2_147_483_647);
/** Number of a change in its conversation: 1, 2, 3… without gaps. */
export const Ver = z.int().min(0).max(2_147_483_647);
/** Milliseconds since 1970, by the database's clock. */
export const Time = z.int().describe('Milliseconds since 1970-01-01T00:00Z');

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text that PostgreSQL can store and every reader can show. */
export const isStorableText = (text: string): boolean => !text.includes('\u0000') && !LONE_SURROGATE.test(text);

/** A person's or a group's name: one line, trimmed. */
export const nameOf = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isStorableText(text) && !/[\r\n]/.test(text), 'must be one line of text');
