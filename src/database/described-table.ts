type ColumnType = 'text' | 'uuid' | 'boolean' | 'integer' | 'bigint' | 'timestamptz';

export interface DescribedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable?: true;
  /** Written once: a later write leaves it alone. */
  readonly fixed?: true;
}

export type DescribedColumns<T> = Readonly<Record<keyof T, DescribedColumn>>;

/** A table whose entity, select list and upsert come from one description of its columns. Its key is `id`. */
export interface DescribedTable<T> {
  readonly name: string;
  readonly columns: DescribedColumns<T>;
  /** Select list for an alias; the rows are records. The driver returns bigint as text, float8 as number. */
  select(alias: string): string;
  /** Inserts or updates all rows of `toRows`, its one parameter. */
  readonly upsert: string;
  /** The parameter of `upsert`. */
  toRows(records: readonly T[]): string;
}

export function describeTable<T extends { readonly id: string }>(
  name: string,
  columns: DescribedColumns<T>,
): DescribedTable<T> {
  const entries = Object.entries(columns) as [keyof T & string, DescribedColumn][];
  const names = entries.map(([, column]) => column.name);
  const updates = entries.filter(([, { fixed }]) => !fixed).map(([, column]) => column.name);
  return {
    name,
    columns,
    select: (alias) =>
      entries
        .map(([property, column]) => `${alias}.${column.name}${castOf(column)} AS "${property}"`)
        .join(', '),
    upsert: `
      INSERT INTO ${name} (${names.join(', ')})
      SELECT ${names.join(', ')}
      FROM jsonb_to_recordset($1::jsonb) AS input(${entries.map(([, column]) => `${column.name} ${column.type}`).join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${updates.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    toRows: (records) =>
      JSON.stringify(
        records.map((record) =>
          Object.fromEntries(entries.map(([property, column]) => [column.name, record[property]])),
        ),
      ),
  };
}

const castOf = ({ type }: DescribedColumn): string => (type === 'bigint' ? '::float8' : '');
