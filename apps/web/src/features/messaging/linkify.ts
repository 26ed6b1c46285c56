export type Piece = { text: string; href?: string };

const CANDIDATE = /(?:https?:\/\/|www\.|mailto:)[^\s<>"“”«»`]+/giu;
const TRAILING = /[.,;:!?'"’)\]}…]$/u;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** Splits a text into words and links. Only http, https and mailto ever become one; everything else stays text. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const found = withoutTrailing(match[0]);
    const href = safeHref(found);
    if (!href || isInsideWord(text, match.index)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

const count = (text: string, char: string): number => text.split(char).length - 1;

const isInsideWord = (text: string, index: number): boolean =>
  index > 0 && /[\p{L}\p{N}_]/u.test(text[index - 1] ?? '');

/** The full stop after an address is not part of it, nor is a bracket that was opened before it. */
function withoutTrailing(candidate: string): string {
  let length = candidate.length;
  const surplus = Object.fromEntries(
    Object.entries(PAIRS).map(([close, open]) => [close, count(candidate, close) - count(candidate, open)]),
  );
  for (; length > 0; length -= 1) {
    const last = candidate[length - 1] ?? '';
    if (!TRAILING.test(last)) break;
    if (!(last in surplus)) continue;
    if ((surplus[last] ?? 0) <= 0) break;
    surplus[last] = (surplus[last] ?? 0) - 1;
  }
  return candidate.slice(0, length);
}

function safeHref(candidate: string): string | null {
  const address = /^www\./i.test(candidate) ? `https://${candidate}` : candidate;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!SCHEMES.has(url.protocol)) return null;
  const points =
    url.protocol === 'mailto:'
      ? /^[^@\s]+@[^@\s]+$/.test(decodeURIComponentSafe(url.pathname))
      : url.hostname !== '' && !url.hostname.startsWith('.');
  return points ? url.href : null;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
