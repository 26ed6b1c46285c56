import { describe, expect, it } from 'vitest';
import { clockTime, dayName, daysBetween, listTime, shortClockTime } from './times';

const at = (text: string): number => new Date(text).getTime();
const now = at('2026-11-22T16:00:00');

describe('the time of a row in the list', () => {
  it('is the clock today, with two digits', () => {
    expect(listTime(at('2026-11-22T09:05:00'), now, 'es', 'ayer')).toBe('09:05');
    expect(listTime(at('2026-11-22T00:00:00'), now, 'en-GB', 'yesterday')).toBe('00:00');
    expect(listTime(at('2026-11-22T00:00:00'), now, 'en-US', 'yesterday')).toMatch(/^12:00\sAM$/);
  });

  it('is a word yesterday, also when less than a day ago', () => {
    expect(listTime(at('2026-11-21T23:59:00'), at('2026-11-22T00:01:00'), 'es', 'ayer')).toBe('ayer');
  });

  it('is the weekday within a week, then the date, then with the year', () => {
    expect(listTime(at('2026-11-18T12:00:00'), now, 'es', 'ayer')).toBe('mié');
    expect(listTime(at('2026-11-18T12:00:00'), now, 'en', 'yesterday')).toBe('Wed');
    expect(listTime(at('2026-03-03T12:00:00'), now, 'es', 'ayer')).toBe('3 mar');
    expect(listTime(at('2024-03-03T12:00:00'), now, 'es', 'ayer')).toBe('3/3/24');
  });

  it('of a clock that runs ahead is the clock', () => {
    expect(listTime(at('2026-11-23T01:00:00'), now, 'es', 'ayer')).toBe('01:00');
  });
});

it('days are counted by the calendar', () => {
  expect(daysBetween(at('2026-03-28T23:00:00'), at('2026-03-30T01:00:00'))).toBe(2);
  expect(daysBetween(now, now)).toBe(0);
});

it('a day of messages has a name in both languages', () => {
  const es = { today: 'Hoy', yesterday: 'Ayer' };
  expect(dayName(now, now, 'es', es)).toBe('Hoy');
  expect(dayName(at('2026-11-21T10:00:00'), now, 'es', es)).toBe('Ayer');
  expect(dayName(at('2026-11-18T10:00:00'), now, 'es', es)).toBe('Miércoles, 18 de noviembre');
  expect(dayName(at('2025-11-18T10:00:00'), now, 'en', { today: 'Today', yesterday: 'Yesterday' })).toContain('2025');
});

it('the clock has twelve or twenty-four hours, as it is written in the region', () => {
  const time = at('2026-11-22T21:07:00');
  expect(clockTime(time, 'es')).toBe('21:07');
  expect(clockTime(time, 'en-GB')).toBe('21:07');
  expect(clockTime(time, 'en-US')).toMatch(/^9:07\sPM$/);
  expect(clockTime(time, 'es-MX')).toMatch(/^9:07\sp/);
});

it('a clock without room leaves out the half of the day', () => {
  expect(shortClockTime(at('2026-11-22T21:07:00'), 'en-US')).toBe('9:07');
  expect(shortClockTime(at('2026-11-22T09:07:00'), 'en-GB')).toBe('09:07');
});

it('a day of messages is written as in the region', () => {
  const words = { today: 'Today', yesterday: 'Yesterday' };
  expect(dayName(at('2026-11-18T10:00:00'), now, 'en-GB', words)).toMatch(/^Wednesday,? 18 November$/);
  expect(dayName(at('2026-11-18T10:00:00'), now, 'en-US', words)).toBe('Wednesday, November 18');
});
