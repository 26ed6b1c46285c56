export interface DeviceName {
  kind: 'phone' | 'tablet' | 'computer' | 'program' | 'unknown';
  browser: string | null;
  system: string | null;
}

/** The first that fits: most browsers also claim to be others. */
const browsers: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrom(?:e|ium)\/|CriOS\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/iPad/, 'iPadOS'],
  [/iPhone|iPod/, 'iOS'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

const nameIn = (list: typeof browsers, text: string): string | null =>
  list.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** What a browser says of itself, for people. It may say anything: this is a hint, never a proof. */
export function deviceName(userAgent: string): DeviceName {
  const browser = nameIn(browsers, userAgent);
  const system = nameIn(systems, userAgent);
  return { kind: kindOf(userAgent, browser ?? system), browser, system };
}

function kindOf(userAgent: string, known: string | null): DeviceName['kind'] {
  if (userAgent === '') return 'unknown';
  if (known === null) return 'program';
  if (/iPad/.test(userAgent) || (/Android/.test(userAgent) && !/Mobile/.test(userAgent))) return 'tablet';
  return /Mobile|iPhone|iPod/.test(userAgent) ? 'phone' : 'computer';
}
