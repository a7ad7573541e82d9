import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Entry } from './entries.ts';

const nothing = new Uint8Array(0);

/** The entries as one zip, piece by piece: nothing is read before the piece before it was taken. */
export async function* zipOf(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array, void> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    made.push(piece);
  });
  for await (const { name, bytes, packed } of entries) {
    const file = packed ? new ZipPassThrough(name) : new ZipDeflate(name);
    zip.add(file);
    for await (const piece of bytes) {
      file.push(piece);
      yield* made.splice(0);
    }
    file.push(nothing, true);
    yield* made.splice(0);
  }
  zip.end();
  yield* made.splice(0);
}
