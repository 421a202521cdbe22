import { invalid, missingParam } from '../core/errors';
import type { FormMap, FormValue } from './form';

const MOST_METADATA = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

function checkMetadata(key: string, value: string): void {
  if (key.length > LONGEST_KEY) {
    throw invalid(
      `Metadata keys can have up to ${LONGEST_KEY} characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
      'metadata',
    );
  }
  if (value.length > LONGEST_VALUE) {
    throw invalid(
      `Metadata values can have up to ${LONGEST_VALUE} characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
      'metadata',
    );
  }
}

/** `a`, `a or b`, `a, b, or c`. */
function listed(words: readonly string[]): string {
  if (words.length < 3) return words.join(' or ');
  return `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`;
}

/** Typed, checked access to the parameters of one call. An empty string unsets, so it reads as null. */
export class Input {
  constructor(
    readonly values: FormMap,
    private readonly prefix = '',
  ) {}

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  /** Whether a map was sent where text is possible too. */
  isMap(name: string): boolean {
    const value = this.values[name];
    return typeof value === 'object' && !Array.isArray(value);
  }

  names(): string[] {
    return Object.keys(this.values);
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw invalid(`Invalid string: ${JSON.stringify(value)}`, this.path(name));
    return value;
  }

  /** Like {@link text}, with null for "unset it". */
  nullableText(name: string): string | null | undefined {
    return this.values[name] === '' ? null : this.text(name);
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missingParam(this.path(name));
    return value;
  }

  choice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!allowed.includes(value as T)) {
      throw invalid(`Invalid ${this.path(name)}: must be one of ${listed(allowed)}`, this.path(name));
    }
    return value as T;
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,15}$/.test(value)) {
      throw invalid(`Invalid integer: ${value}`, this.path(name), 'parameter_invalid_integer');
    }
    return Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, this.path(name));
    return value === 'true';
  }

  /** A nested map; an empty one when absent. */
  map(name: string): Input {
    const value = this.values[name];
    if (value === undefined || value === '') return new Input({}, this.path(name));
    if (typeof value === 'string' || Array.isArray(value)) throw invalid('Invalid object', this.path(name));
    return new Input(value, this.path(name));
  }

  maps(name: string): Input[] {
    return this.list(name).map((entry, i) => {
      const path = `${this.path(name)}[${i}]`;
      if (typeof entry === 'string' || Array.isArray(entry)) throw invalid('Invalid object', path);
      return new Input(entry, path);
    });
  }

  texts(name: string): string[] {
    return this.list(name).map((entry) => {
      if (typeof entry !== 'string') throw invalid('Invalid string', this.path(name));
      return entry;
    });
  }

  /** Merges `metadata`: an empty value removes a key, an empty map removes all. */
  metadata(current: Record<string, string> = {}, name = 'metadata'): Record<string, string> {
    const value = this.values[name];
    if (value === undefined) return current;
    if (value === '') return {};
    if (typeof value === 'string' || Array.isArray(value)) throw invalid('Invalid metadata', this.path(name));
    const merged = { ...current };
    for (const [key, entry] of Object.entries(value)) {
      if (typeof entry !== 'string')
        throw invalid('Metadata values must be strings', `${this.path(name)}[${key}]`);
      checkMetadata(key, entry);
      if (entry === '') delete merged[key];
      else merged[key] = entry;
    }
    if (Object.keys(merged).length > MOST_METADATA) {
      throw invalid(`You can have at most ${MOST_METADATA} metadata keys.`, this.path(name));
    }
    return merged;
  }

  path(name: string): string {
    return this.prefix ? `${this.prefix}[${name}]` : name;
  }

  private list(name: string): FormValue[] {
    const value = this.values[name];
    if (value === undefined || value === '') return [];
    if (!Array.isArray(value)) throw invalid('Invalid array', this.path(name));
    return value;
  }
}
