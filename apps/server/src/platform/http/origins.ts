/** Which web origins may talk to this server: its own, and those the operator has listed. */
export class Origins {
  constructor(
    private readonly publicOrigin: string | null,
    readonly allowed: readonly string[],
  ) {}

  /**
   * No origin at all is a program, or a browser's plain GET; both bring no cookie that matters or a token of their own.
   * `host` is the one the request was sent to: a page of the same host is one's own.
   */
  allows(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    if (this.allowed.includes(origin) || origin === this.publicOrigin) return true;
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  }
}
