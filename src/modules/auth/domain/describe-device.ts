// The order matters: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const firstMatch = (text: string, table: typeof BROWSERS) => table.find(([sign]) => sign.test(text))?.[1];

/** "Firefox on Windows": enough to recognise a session by, and nothing more of the User-Agent is kept. */
export function describeDevice(userAgent: string | undefined): string {
  const browser = firstMatch(userAgent ?? '', BROWSERS) ?? 'A browser';
  const system = firstMatch(userAgent ?? '', SYSTEMS);
  return system === undefined ? browser : `${browser} on ${system}`;
}
