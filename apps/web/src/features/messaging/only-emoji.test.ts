import { expect, it } from 'vitest';
import { isOnlyEmoji } from './only-emoji';

it('up to three emoji, with joiners and skins and flags', () => {
  for (const text of ['👍', '👍🏽', '👩‍👩‍👧‍👦 🎉', '🇪🇸', '❤️', '😀😀😀']) expect(isOnlyEmoji(text), text).toBe(true);
});

it('not words, digits, signs, or a crowd of them', () => {
  for (const text of ['', ' ', '3', '#', 'ok 👍', '😀😀😀😀', '©a', 'ñ']) expect(isOnlyEmoji(text), text).toBe(false);
});
