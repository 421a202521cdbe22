/** One dated row of a timeline that several tables make up. */
export interface TimelineRow<Kind extends string = string> {
  /**
   * Time, kind and key in one text. Sorting these texts by code unit sorts rows of all tables by time, and no two rows
   * share one, so it is also where the next page begins: rows of one transaction have the same time.
   */
  readonly position: string;
  readonly kind: Kind;
  readonly at: Date;
}

export interface TimelinePage {
  /** The position of the last row of the page before. */
  readonly before: string | undefined;
  readonly limit: number;
}

/** How positions are written; anything else cannot be one. */
export const TIMELINE_POSITION = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z~[a-z_]{1,40}~[0-9a-f-]{1,40}$/;

/** SQL text of a number that sorts like the number. */
export const sortableNumber = (column: string): string => `lpad(${column}::text, 20, '0')`;

/**
 * A statement for one source of a timeline, newest first. Its parameters: $1 is the one that `from` uses, $2 `before`
 * (or null), $3 the limit. All parts are written by us, never taken from a request.
 */
export function timelineSql(source: {
  readonly kind: string;
  readonly time: string;
  readonly key: string;
  readonly columns: string;
  readonly from: string;
}): string {
  const { kind, time, key, columns, from } = source;
  return `
    SELECT * FROM (
      SELECT (to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '~${kind}~' || ${key})
               COLLATE "C" AS position,
             '${kind}' AS kind, ${time} AS at, ${columns}
      FROM ${from}) entry
    WHERE $2::text IS NULL OR position < $2
    ORDER BY position DESC LIMIT $3`;
}
