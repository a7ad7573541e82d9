/** A table as it is carried: its columns in the order of their names, which is the same on every database. */
export interface Shape {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Read anew from everything else after a copy: the search index, and what the migrator knows. */
const derived = /^(migration|sqlite_.*|message_fts.*|search_.*|move_.*)$/;

/** What `columns` (table and column of a whole database) amounts to, without what is made anew at the other end. */
export function shapesOf(columns: readonly { table: string; column: string }[]): Shape[] {
  const tables = Map.groupBy(columns, (c) => c.table);
  return [...tables.keys()]
    .filter((table) => !derived.test(table))
    .sort()
    .map((table) => ({
      table,
      columns: (tables.get(table) ?? [])
        .map((c) => c.column)
        .filter((column) => !(table === 'message' && column === 'row')) // SQLite's own number
        .sort(),
    }));
}

/** The follower that fills the search index: its place is not carried, so that it begins again. */
export const searchPlace = 'search';
