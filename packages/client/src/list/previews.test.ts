import { limits, type Message, type Preview } from '@tertulia/contract';
import { describe, expect, it } from 'vitest';
import { previewOf, Previews } from './previews.js';

const message = (seq: number, body = `text ${seq}`): Message => ({
  seq,
  ver: seq,
  id: `${seq}`,
  sender: 'bea',
  body,
  at: seq,
});
const preview = (seq: number, body?: string): Preview => previewOf(message(seq, body), (id) => id.toUpperCase());

describe('the last words', () => {
  it('are those before when the last are deleted, one after the other', () => {
    const previews = new Previews(preview(1));
    for (const seq of [2, 3]) previews.push(preview(seq));
    expect(previews.remove(3)).toBe(true);
    expect(previews.last?.text).toBe('text 2');
    expect(previews.remove(1)).toBe(true);
    expect(previews.last?.text).toBe('text 2');
    expect(previews.remove(2)).toBe(false);
    expect(previews.last).toBeNull();
  });

  it('are nothing in a conversation without words, and stay so', () => {
    expect(new Previews(null).remove(1)).toBe(true);
  });

  it('change when they are edited, not when another message is', () => {
    const previews = new Previews(preview(5));
    previews.edit(4, 'other');
    expect(previews.last).toEqual(preview(5));
    previews.edit(5, 'edited');
    expect(previews.last).toEqual(preview(5, 'edited'));
  });

  it('are few, however much is said', () => {
    const previews = new Previews(null);
    for (let seq = 1; seq <= 1_000; seq += 1) previews.push(preview(seq));
    let seq = 1_000;
    while (previews.remove(seq)) seq -= 1;
    expect(seq).toBeGreaterThan(900);
  });

  it('are cut between characters, with the name of who said them', () => {
    const { text, senderName } = preview(1, '👩'.repeat(300));
    expect([...text]).toHaveLength(limits.preview);
    expect(text).toBe('👩'.repeat(limits.preview));
    expect(senderName).toBe('BEA');
  });
});
