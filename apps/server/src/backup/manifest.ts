import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A backup cannot be written or believed: why, in one sentence. */
export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable';
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

/** What a backup holds. Written last: a folder without it is half a backup. */
const manifest = z.strictObject({
  format: z.literal(1),
  /** ISO 8601: everything that was acknowledged before is in it. */
  takenAt: z.iso.datetime(),
  /** The last migration of the database it was taken from. */
  schema: z.string().regex(/^m\d{4}$/),
  /** `sum` is over the rows' contents, the same on every database; `sha256` over the file `tables/<table>.jsonl.gz`. */
  tables: z.array(
    z.strictObject({
      table: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
      columns: z.array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)),
      rows: count,
      sum: z.string().regex(/^[0-9a-f]{16}$/),
      sha256,
    }),
  ),
  /** `list` is the SHA-256 of `files.jsonl`, whose lines are `[key, bytes, sha256]`. */
  files: z.strictObject({ count, bytes: count, list: sha256 }),
});
export type Manifest = z.infer<typeof manifest>;

export const listedFile = z.tuple([z.string().regex(/^[0-9a-f-]{36}(-t)?$/), count, sha256]);

export const tablePath = (folder: string, table: string) => join(folder, 'tables', `${table}.jsonl.gz`);
export const listPath = (folder: string) => join(folder, 'files.jsonl');
/** Spread over 256 folders, by the last letters of the ids. */
export const filePath = (folder: string, key: string) => join(folder, 'files', key.slice(34, 36), key);
export const manifestPath = (folder: string) => join(folder, 'manifest.json');

const sealOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Two lines: the manifest, and the SHA-256 of that line. */
export function written(what: Manifest): string {
  const line = JSON.stringify(manifest.parse(what));
  return `${line}\n${sealOf(line)}\n`;
}

/** The manifest of a backup. Throws BackupUnusable where it is missing, altered or of a later format. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestPath(folder), 'utf8').catch(() => null);
  if (text === null)
    throw new BackupUnusable(`${folder} is no backup, or one that was not finished: it has no manifest.json that can be read.`);
  const [line = '', seal] = text.split('\n');
  if (sealOf(line) !== seal) throw altered(manifestPath(folder));
  const parsed = manifest.safeParse(JSON.parse(line));
  if (!parsed.success) throw new BackupUnusable(`${folder} was written by another version, whose backups this one does not know.`);
  return parsed.data;
}

/** What it holds, for people. */
export function summaryOf({ takenAt, schema, tables, files }: Manifest): string {
  const width = Math.max(...tables.map(({ table }) => table.length));
  const each = tables.filter(({ rows }) => rows > 0).map(({ table, rows, sum }) => `  ${table.padEnd(width)}  ${sum}  ${rows}`);
  const rows = tables.reduce((n, table) => n + table.rows, 0);
  const lines = [
    `The backup of ${takenAt} (${schema}): ${rows} rows in ${tables.length} tables, ${files.count} files of ${files.bytes} bytes.`,
  ];
  return [...lines, ...each].join('\n');
}

export const altered = (path: string) =>
  new BackupUnusable(`${path} is not what the backup wrote: it was altered or damaged. Nothing was restored; take another backup.`);
