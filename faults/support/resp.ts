const CR = 13;

/** Cuts a stream of Redis' protocol into whole replies, whatever the pieces it comes in. */
export class RespSplitter {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const replies: Buffer[] = [];
    for (let end = endOf(this.rest, 0); end !== null; end = endOf(this.rest, 0)) {
      replies.push(this.rest.subarray(0, end));
      this.rest = this.rest.subarray(end);
    }
    return replies;
  }
}

/** Where the reply that begins at `from` ends; null: not all of it is here. */
function endOf(bytes: Buffer, from: number): number | null {
  const line = bytes.indexOf(CR, from);
  if (line === -1 || line + 2 > bytes.length) return null;
  const type = String.fromCharCode(bytes[from]!);
  const size = Number(bytes.toString('latin1', from + 1, line));
  const next = line + 2;
  if ('$=!'.includes(type)) return size < 0 ? next : wholeOrNull(bytes, next + size + 2);
  if ('*>~'.includes(type)) return endOfAll(bytes, next, size);
  if (type === '%') return endOfAll(bytes, next, size * 2);
  return next;
}

function endOfAll(bytes: Buffer, from: number, count: number): number | null {
  let end: number | null = from;
  for (let left = count; left > 0 && end !== null; left -= 1) end = endOf(bytes, end);
  return end;
}

const wholeOrNull = (bytes: Buffer, end: number): number | null => (end <= bytes.length ? end : null);

/** The parts of a reply that is a flat list of strings; null: it is something else. */
export function stringsOf(reply: Buffer): string[] | null {
  const text = reply.toString('latin1');
  if (!/^[*>]/.test(text)) return null;
  const strings: string[] = [];
  for (let at = text.indexOf('\r\n') + 2; at < text.length;) {
    if (text[at] !== '$') return null;
    const line = text.indexOf('\r\n', at);
    const size = Number(text.slice(at + 1, line));
    strings.push(text.slice(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return strings;
}

/** A published message as a subscriber is told it, in the form of `like`. */
export function messageLike(like: Buffer, parts: readonly string[]): Buffer {
  const type = String.fromCharCode(like[0]!);
  const strings = parts.map((part) => `$${Buffer.byteLength(part, 'latin1')}\r\n${part}\r\n`);
  return Buffer.from(`${type}${parts.length}\r\n${strings.join('')}`, 'latin1');
}
