import { limits } from '@tertulia/contract';
import { CommonPasswords } from '../application/ports.js';

/** A list that comes with the packages, read at the first registration: no service is asked. */
export class ListedCommonPasswords extends CommonPasswords {
  private list: Promise<ReadonlySet<string>> | null = null;

  load(): Promise<ReadonlySet<string>> {
    this.list ??= import('@zxcvbn-ts/language-common').then(
      ({ dictionary }) =>
        new Set(dictionary['passwords-common'].filter((password: string) => password.length >= limits.passwordMin)),
    );
    return this.list;
  }
}
