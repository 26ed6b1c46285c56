import { limits, type Message, type Preview } from '@tertulia/contract';

/** Deleting one's last few messages in a row is common; further back the server is asked. */
const KEPT = 8;

/** The last words of a conversation and a few before them, which are shown when the last are deleted. */
export class Previews {
  private held: readonly Preview[];

  constructor(last: Preview | null) {
    this.held = last === null ? [] : [last];
  }

  get last(): Preview | null {
    return this.held.at(-1) ?? null;
  }

  push(preview: Preview): void {
    this.held = [...this.held, preview].slice(-KEPT);
  }

  edit(seq: number, body: string): void {
    this.held = this.held.map((preview) => (preview.seq === seq ? { ...preview, text: previewText(body) } : preview));
  }

  /** False when what stood before it is not known here. */
  remove(seq: number): boolean {
    const wasEmpty = this.held.length === 0;
    this.held = this.held.filter((preview) => preview.seq !== seq);
    return wasEmpty || this.held.length > 0;
  }
}

export function previewOf(message: Message, nameOf: (user: string) => string | null): Preview {
  const { seq, sender, body, system } = message;
  const senderName = sender === null ? null : nameOf(sender);
  return { seq, sender, senderName, text: previewText(body), ...(system === undefined ? {} : { system }) };
}

/** Cut as the server cuts: by characters, never inside one. */
const previewText = (body: string): string => [...body.slice(0, limits.preview * 2)].slice(0, limits.preview).join('');
