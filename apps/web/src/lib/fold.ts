const MARKS = /\p{M}+/gu;

/** For finding by name: case and accents do not count. */
export const fold = (text: string): string => text.normalize('NFD').replace(MARKS, '').toLocaleLowerCase();
