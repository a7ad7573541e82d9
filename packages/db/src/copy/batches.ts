import type { Value } from '../engine/engine.ts';

const mostRows = 500;
const mostBytes = 500_000;

/** Rows in pieces of a bounded size. */
export async function* batchesOf(rows: AsyncIterable<Value[]>): AsyncGenerator<Value[][], void> {
  let batch: Value[][] = [];
  let bytes = 0;
  for await (const row of rows) {
    batch.push(row);
    for (const value of row) bytes += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
    if (batch.length < mostRows && bytes < mostBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
