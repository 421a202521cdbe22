import { invalid } from '../core/errors';
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
 * records; the page itself is always newest first. `limit` is 1-100, default 10.
 */
export function paginate<T extends Stored>(records: T[], input: Input, url: string): ListPage<T> {
  const limit = input.integer('limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid('Invalid limit: must be between 1 and 100', 'limit');
  const after = input.text('starting_after');
  const before = input.text('ending_before');
  if (before !== undefined) {
    const newer = records.slice(0, positionOf(records, before, 'ending_before'));
    const data = newer.slice(Math.max(0, newer.length - limit));
    return { object: 'list', data, has_more: newer.length > data.length, url };
  }
  const rest =
    after === undefined ? records : records.slice(positionOf(records, after, 'starting_after') + 1);
  return { object: 'list', data: rest.slice(0, limit), has_more: rest.length > limit, url };
}

function positionOf(records: Stored[], id: string, param: string): number {
  const position = records.findIndex((record) => record.id === id);
  if (position < 0) throw invalid(`No such object: '${id}'`, param, 'resource_missing');
  return position;
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
