const MARKS = /\p{Mark}+/gu;

/** Lower case without accents: what people type when they search a name. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase();
}
