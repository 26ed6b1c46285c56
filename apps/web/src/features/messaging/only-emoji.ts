const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One to three emoji and nothing else: shown larger. */
export function isOnlyEmoji(text: string): boolean {
  if (text.length > 40) return false;
  const graphemes = [...segmenter.segment(text.trim())]
    .map((each) => each.segment)
    .filter((each) => each.trim() !== '');
  return (
    graphemes.length > 0 &&
    graphemes.length <= 3 &&
    graphemes.every((each) =>
      /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}{2})/u.test(each),
    )
  );
}
