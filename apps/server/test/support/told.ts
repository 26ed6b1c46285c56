import type { Message } from '@tertulia/contract';
import type { ToldMessage } from '@tertulia/history-checker';

/** A message of the wire as histories note it. */
export const told = ({ seq, ver, id, sender, body, deleted }: Message): ToldMessage => ({
  seq,
  ver,
  op: id,
  sender,
  body,
  deleted: deleted === true,
});
