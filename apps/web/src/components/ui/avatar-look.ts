export const AVATAR_COLOURS = [
  'bg-avatar-1',
  'bg-avatar-2',
  'bg-avatar-3',
  'bg-avatar-4',
  'bg-avatar-5',
  'bg-avatar-6',
  'bg-avatar-7',
  'bg-avatar-8',
  'bg-avatar-9',
  'bg-avatar-10',
] as const;

/** The same id has the same colour everywhere and for ever. */
export function avatarColour(id: string): string {
  let hash = 0x811c9dc5;
  for (const char of id) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = (hash ^ (hash >>> 13)) >>> 0;
  return AVATAR_COLOURS[hash % AVATAR_COLOURS.length] ?? AVATAR_COLOURS[0];
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const firstGrapheme = (word: string): string => segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? '';

/** Up to two letters; a script without capitals, or an emoji, is enough with one. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s\-_.]+/u)
    .filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const first = firstGrapheme(words[0]?.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, '') ?? name.trim());
  if (!/^\p{Lu}|^\p{Ll}|^\p{N}/u.test(first)) return first || '?';
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? '') : '';
  return (first + (/^[\p{Lu}\p{Ll}\p{N}]/u.test(last) ? last : '')).toLocaleUpperCase();
}
