import { errorTable, type ErrorCode, type WireError } from '@tertulia/contract';

/** The one error that reaches a client: a named code and the facts that belong to it. Everything else becomes `internal`. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly data?: Record<string, unknown>,
  ) {
    super(errorTable[code].sentence);
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  toWire(): WireError {
    return { code: this.code, message: this.message, ...(this.data && { data: this.data }) };
  }
}
