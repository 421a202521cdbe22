import { invalid } from '../core/errors';
import { Listing } from '../core/listing';
import type { Stored } from '../core/store';
import type { Input } from './input';

export interface ListPage<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** A complete list inside another object. */
export function wholeList<T>(data: T[], url: string): ListPage<T> {
  return { object: 'list', data, has_more: false, url };
}

/**
 * One page of `records`, which come newest first. `starting_after` pages towards older, `ending_before` towards newer
 * records; the page itself is always newest first. A cursor may be a record that a filter leaves out. `limit` is 1-100,
 * default 10.
 */
export function paginate<T extends Stored>(
  records: Listing<T> | T[],
  input: Input,
  url: string,
): ListPage<T> {
  // Stripe clamps a limit to 1-100 silently.
  const limit = Math.min(Math.max(input.integer('limit') ?? 10, 1), 100);
  const listing = Array.isArray(records) ? Listing.of(records) : records;
  const before = input.text('ending_before');
  if (before !== undefined && input.has('starting_after')) {
    throw invalid('Received both starting_after and ending_before parameters. Please pass in only one.');
  }
  const kind = kindOf(url);
  if (before !== undefined) return { object: 'list', ...newerThan(listing, { before, kind }, limit), url };
  const found = olderThan(listing, { after: input.text('starting_after'), kind }, limit + 1);
  return { object: 'list', data: found.slice(0, limit), has_more: found.length > limit, url };
}

/** `/v1/subscription_items` lists objects that errors call `subscription_item`. */
function kindOf(url: string): string {
  const name = url.split('/').at(-1) ?? 'object';
  return KINDS[name] ?? name.replace(/s$/, '');
}

const KINDS: Readonly<Record<string, string>> = {
  payment_methods: 'PaymentMethod',
  sessions: 'checkout.session',
};

function olderThan<T extends Stored>(
  listing: Listing<T>,
  { after, kind }: { after: string | undefined; kind: string },
  most: number,
): T[] {
  if (after === undefined) return listing.first(most);
  const found: T[] = [];
  let isPast = false;
  for (const record of listing.everything()) {
    if (found.length === most) break;
    if (isPast && listing.includes(record)) found.push(record);
    isPast ||= record.id === after;
  }
  if (!isPast) throw noSuchCursor(kind, after, 'starting_after');
  return found;
}

/** The last ones before the cursor. */
function newerThan<T extends Stored>(
  listing: Listing<T>,
  { before, kind }: { before: string; kind: string },
  limit: number,
): { data: T[]; has_more: boolean } {
  const newer: T[] = [];
  for (const record of listing.everything()) {
    if (record.id === before)
      return { data: newer.slice(Math.max(0, newer.length - limit)), has_more: newer.length > limit };
    if (listing.includes(record)) newer.push(record);
  }
  throw noSuchCursor(kind, before, 'ending_before');
}

function noSuchCursor(kind: string, id: string, param: string): Error {
  return invalid(`No such ${kind}: '${id}'`, param, 'resource_missing');
}

/** Filters by `created[gt|gte|lt|lte]` or an exact `created`. */
export function createdFilter(input: Input): (record: { created: number }) => boolean {
  if (!input.has('created')) return () => true;
  let exact: number | undefined;
  try {
    exact = input.integer('created');
  } catch {
    exact = undefined;
  }
  if (exact !== undefined) return (record) => record.created === exact;
  const range = input.map('created');
  const gt = range.integer('gt') ?? -Infinity;
  const gte = range.integer('gte') ?? -Infinity;
  const lt = range.integer('lt') ?? Infinity;
  const lte = range.integer('lte') ?? Infinity;
  return ({ created }) => created > gt && created >= gte && created < lt && created <= lte;
}
