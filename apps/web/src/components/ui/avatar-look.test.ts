import { expect, it } from 'vitest';
import { AVATAR_COLOURS, avatarColour, initials } from './avatar-look';

it('initials are the first letters of the first and the last word', () => {
  expect(initials('Ana Martín')).toBe('AM');
  expect(initials('ana')).toBe('A');
  expect(initials('José Luis Rodríguez')).toBe('JR');
  expect(initials('  Casa del Barrio ')).toBe('CB');
  expect(initials('«Tertulia»')).toBe('T');
});

it('an emoji with joiners, Chinese and Arabic stay whole', () => {
  expect(initials('👩‍🚀 Equipo')).toBe('👩‍🚀');
  expect(initials('王小明')).toBe('王');
  expect(initials('سميرة فاروق')).toBe('س');
  expect(initials('Kenji 👍')).toBe('K');
});

it('a name of signs alone still shows something', () => {
  expect(initials('…')).toBe('…');
  expect(initials('')).toBe('?');
});

it('a colour belongs to an id', () => {
  expect(avatarColour('AAAAAAAAAAAAAAAA')).toBe(avatarColour('AAAAAAAAAAAAAAAA'));
  const seen = new Set(Array.from({ length: 200 }, (_, i) => avatarColour(`person-${i}-${i * 7}`)));
  expect(seen.size).toBe(AVATAR_COLOURS.length);
});
