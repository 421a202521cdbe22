import type { EntitySchemaColumnOptions } from 'typeorm';
import type { DescribedColumn, DescribedTable } from './described-table';

/** The columns of an entity, its key included. */
export function entityColumns<T extends { readonly id: string }>(
  table: DescribedTable<T>,
): Record<keyof T & string, EntitySchemaColumnOptions> {
  const described = Object.entries<DescribedColumn>(table.columns);
  const columns = Object.fromEntries(
    described.map(([property, { fixed: _, ...column }]) => [property, column]),
  ) as Record<keyof T & string, EntitySchemaColumnOptions>;
  return {
    ...columns,
    id: { ...columns.id, primary: true, primaryKeyConstraintName: `${table.name}_pkey` },
  };
}
