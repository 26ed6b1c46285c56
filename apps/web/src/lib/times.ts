export const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** Whole days between two moments by the local calendar, whatever summer time did in between. */
export const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / 86_400_000);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are slow to make and asked for by every row. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const held = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, held);
  return held;
}

/** Twelve hours or twenty-four, as the locale has it; only those of twenty-four have a nought in front. */
function clockFormat(locale: string): Intl.DateTimeFormat {
  const { hour12 } = dateFormat(locale, { hour: 'numeric' }).resolvedOptions();
  return dateFormat(locale, { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' });
}

export const clockTime = (time: number, locale: string): string => clockFormat(locale).format(time);

/** The clock where there is no room for more: without the half of the day. */
export const shortClockTime = (time: number, locale: string): string =>
  clockFormat(locale)
    .formatToParts(time)
    .map(({ type, value }) => (type === 'dayPeriod' ? '' : value))
    .join('')
    .trim();

export const fullTime = (time: number, locale: string): string =>
  dateFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(time);

/** Today by the clock, yesterday by that word, the last week by weekday, then the date; the year only when it is another. */
export function listTime(time: number, now: number, locale: string, yesterday: string): string {
  const days = daysBetween(time, now);
  if (days <= 0) return clockTime(time, locale);
  if (days === 1) return yesterday;
  if (days < 7) return dateFormat(locale, { weekday: 'short' }).format(time);
  if (new Date(time).getFullYear() === new Date(now).getFullYear())
    return dateFormat(locale, { day: 'numeric', month: 'short' }).format(time);
  return dateFormat(locale, { day: 'numeric', month: 'numeric', year: '2-digit' }).format(time);
}

/** The line between two days of messages. */
export function dayName(
  time: number,
  now: number,
  locale: string,
  words: { today: string; yesterday: string },
): string {
  const days = daysBetween(time, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  const name = dateFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(time);
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
