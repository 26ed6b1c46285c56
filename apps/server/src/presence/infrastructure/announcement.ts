import { z } from 'zod';

const node = z.string().min(1).max(64);
/** Numbers what a node says, so that what was overtaken on the way is known as old. */
const n = z.int().min(0);
const UserIds = z.array(z.int().min(1));

/** What nodes say to each other about who is connected. Internal ids: it is said often, and to nobody else. */
export const Announcement = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello') }),
  z.object({ kind: z.literal('list'), node, n, here: UserIds }),
  z.object({ kind: z.literal('change'), node, n, here: UserIds, gone: UserIds }),
]);
export type Announcement = z.infer<typeof Announcement>;
