/** A value of a form body: text, a list, or a map of values. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type FormMap = { [key: string]: FormValue };

const INDEX = /^\d+$/;

/**
 * Parses Stripe's form encoding: `a[b][0][c]=1`, `x[]=1&x[]=2`, `x[0]=1`. Maps whose keys are all indexes become lists
 * in the order of the index. Keys that would reach Object.prototype are plain data here.
 */
export function parseForm(text: string): FormMap {
  const root: FormMap = Object.create(null) as FormMap;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decode(cut < 0 ? pair : pair.slice(0, cut));
    insert(root, pathOf(name), cut < 0 ? '' : decode(pair.slice(cut + 1)));
  }
  return settle(root) as FormMap;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function pathOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open <= 0) return [name];
  const parts = [name.slice(0, open)];
  for (const match of name.slice(open).matchAll(/\[([^\]]*)\]/g)) parts.push(match[1] as string);
  return parts;
}

function insert(root: FormMap, path: string[], value: string): void {
  let node = root;
  for (const [depth, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(node).length) : part;
    if (depth === path.length - 1) {
      node[key] = value;
      return;
    }
    const next = node[key];
    if (typeof next !== 'object') node[key] = Object.create(null) as FormMap;
    node = node[key] as FormMap;
  }
}

function settle(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  for (const key of keys) value[key] = settle(value[key] as FormValue);
  const isList = keys.length > 0 && keys.every((key) => INDEX.test(key));
  if (!isList) return value;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => value[key] as FormValue);
}
