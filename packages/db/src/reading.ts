import { existsSync } from 'node:fs';
import { NothingThere } from './copy/snapshot.ts';
import { instanceOf } from './instance.ts';
import { openOrm, type Reader, readerOf } from './orm.ts';
import { sideReader } from './side/reader.ts';
import { openSide } from './side/side.ts';
import { parseDatabaseUrl } from './url.ts';

/** A database that another process may have, for reading alone: what is committed at each statement. */
export interface Opened {
  readonly read: Reader;
  readonly secret: Buffer;
  readonly epoch: number;
  close(): Promise<void>;
}

/** Opens it without touching its schema. Throws NothingThere, DatabaseUnusable and the driver's errors. */
export async function openReading(rawUrl: string): Promise<Opened> {
  const url = parseDatabaseUrl(rawUrl);
  if (url.dialect === 'sqlite' && !existsSync(url.path))
    throw new NothingThere(`${url.path} is not there: start the server once, or set DATA_DIR.`);
  const orm = url.dialect === 'sqlite' ? null : await openOrm(url);
  await orm?.connect();
  const read = url.dialect === 'sqlite' ? sideReader(openSide(url.path)) : await readerOf(orm as NonNullable<typeof orm>);
  const close = () => (orm ? orm.close(true) : read.destroy());
  try {
    const { secret, epoch } = await instanceOf(read);
    return { read, secret: Buffer.from(secret), epoch: Number(epoch), close };
  } catch (error) {
    await close();
    throw error;
  }
}
