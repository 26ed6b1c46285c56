/** A reason not to start that the operator can act on: the message is a whole sentence, shown without a stack. */
export class BootError extends Error {
  override readonly name: string = 'BootError';
}

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
