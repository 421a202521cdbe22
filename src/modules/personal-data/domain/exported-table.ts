/** Rows of one table that are about a person, and what of them the person gets. */
export interface ExportedTable {
  /** The name in the export. */
  readonly section: string;
  readonly table: string;
  /** An SQL condition over the table, constant text; $1 is the id of the user. */
  readonly ofUser: string;
  readonly columns: readonly string[];
  /** Every other column but `user_id`, with the reason. */
  readonly withheld?: Readonly<Record<string, string>>;
}

/** A table without an entry in the export. */
export interface UnexportedTable {
  readonly table: string;
  readonly why: string;
}
