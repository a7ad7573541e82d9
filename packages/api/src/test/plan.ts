import type { Db } from '@koreromai/db';
import type { Statement } from './statements.ts';

/** Tables that stay small however long an instance runs, or that are rows of one. */
const small = new Set(['setting', 'follower', 'mail_gate', 'log_head', 'instance', 'migration', 'job']);

/** The tables that the plan of a statement reads from one end to the other, each told with its line of the plan. */
export async function tablesWalked(db: Db, { sql, parameters }: Statement): Promise<string[]> {
  const mysql = db.url.dialect === 'mysql';
  const { rows } = await db.read.executeQuery<Record<string, unknown>>({
    ...{ sql: `${mysql ? 'explain format=traditional' : 'explain query plan'} ${sql}`, parameters },
    ...{ query: { kind: 'RawNode', sqlFragments: [], parameters: [] }, queryId: { queryId: crypto.randomUUID() } },
  } as never);
  const tables = aliasesIn(sql);
  return rows.flatMap((line) => {
    const walked = mysql ? (line.type === 'ALL' || line.type === 'index' ? String(line.table) : null) : scanned(String(line.detail));
    const table = walked === null ? undefined : tables.get(walked);
    return table === undefined || small.has(table) ? [] : [`${table}: ${mysql ? JSON.stringify(line) : line.detail}`];
  });
}

const scanned = (detail: string): string | null => /^SCAN (\w+)(?! VIRTUAL)/.exec(detail)?.[1] ?? null;

/** Tables by the names that the statement calls them by. Its own subqueries are none. */
function aliasesIn(sql: string): Map<string, string> {
  const named = sql.matchAll(
    /(?:\bfrom|\bjoin)\s+["`]?(\w+)["`]?(?:\s+(?:as\s+)?["`]?(?!where|on|left|inner|join|cross|order|limit|group|union)(\w+))?/gi,
  );
  const derived = new Set([...sql.matchAll(/\)\s+as\s+["`]?(\w+)/gi)].map(([, name]) => name));
  return new Map([...named].map(([, table = '', alias]) => [alias ?? table, table] as const).filter(([name]) => !derived.has(name)));
}
