import { randomBytes } from 'node:crypto';
import type { CompiledQuery } from 'kysely';
import type { Reader } from '../orm.ts';

interface Kept<Row> {
  readonly compiled: CompiledQuery<Row>;
  /** Which of its parameters are the value. */
  readonly at: readonly number[];
}

/**
 * A query that is the same for everybody but for one value of `size` bytes: put together and compiled once for each reader, which takes
 * longer than SQLite takes to answer it. For what every call or every connection asks.
 */
export function compiledOnce<Row>(size: number, build: (read: Reader, value: Buffer) => { compile(): CompiledQuery<Row> }) {
  const kept = new WeakMap<Reader, Kept<Row>>();

  function compile(read: Reader): Kept<Row> {
    const standIn = randomBytes(size);
    const compiled = build(read, standIn).compile();
    return { compiled, at: compiled.parameters.flatMap((one, i) => (Buffer.isBuffer(one) && one.equals(standIn) ? [i] : [])) };
  }

  return async (read: Reader, value: Buffer): Promise<Row[]> => {
    let own = kept.get(read);
    if (!own) kept.set(read, (own = compile(read)));
    const parameters = [...own.compiled.parameters];
    for (const i of own.at) parameters[i] = value;
    return (await read.executeQuery<Row>({ ...own.compiled, parameters })).rows;
  };
}
