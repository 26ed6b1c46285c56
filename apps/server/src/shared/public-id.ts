import { randomBytes } from 'node:crypto';

/** 96 random bits as 16 characters of base64url: tells nothing about order or number. */
export function newPublicId(): string {
  return randomBytes(12).toString('base64url');
}
