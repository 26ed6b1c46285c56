import { createHash, randomBytes } from 'node:crypto';

/** 256 bit, for a link: fits in the fragment of an address as it is. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** A random token needs no salt and no slow hash: there is nothing to guess. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
