import { z } from 'zod';

export type JsonObject = Record<string, unknown>;

/** A zod schema as JSON Schema. `io` decides whether defaults and coercion are shown as the sender or the reader sees them. */
export function toSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
