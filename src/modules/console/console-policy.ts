const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** Scripts run on these pages only from files of this server: nothing inline, nothing from other origins. */
export function consolePolicy(further: Partial<Record<keyof typeof POLICY, readonly string[]>> = {}): string {
  return Object.entries({ ...POLICY, ...further })
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';');
}
