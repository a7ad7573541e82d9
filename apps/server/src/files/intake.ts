import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, opendir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileDescription, limits, Refusal } from '@koreromai/contract';
import busboy from 'busboy';

export interface Received {
  /** Where the bytes lie. */
  readonly path: string;
  /** As the sender called it. */
  readonly name: string;
  /** What it shows, in the sender's words (field `description`). */
  readonly description: string | null;
}

export interface Intake {
  /**
   * Reads the one file of a multipart body (field `file`) to the disk, hands it to `use`, and removes it whatever happens.
   * Throws TOO_LARGE, UNSUPPORTED_MEDIA, BAD_INPUT, BUSY or STORAGE_FULL.
   */
  receive<Result>(request: IncomingMessage, use: (file: Received) => Promise<Result>): Promise<Result>;
}

/** Room for the boundaries and headers of the form itself. */
const formBytes = 65_536;
const staleAfter = 3_600_000;

/** Takes uploads in through a folder of its own, which is emptied of what a killed process left. */
export async function createIntake(folder: string): Promise<Intake> {
  await mkdir(folder, { recursive: true });
  for await (const { name } of await opendir(folder)) {
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs > staleAfter) await rm(path, { force: true }); // a younger one may be another process's
  }
  let open = 0;

  return {
    async receive(request, use) {
      if (Number(request.headers['content-length'] ?? 0) > limits.media.maxBytes + formBytes) throw tooLarge();
      if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') throw new Refusal('UNSUPPORTED_MEDIA');
      if (open >= limits.media.maxUploads) throw new Refusal('BUSY', { retryAfter: 5 });
      const path = join(folder, randomUUID());
      open++;
      try {
        return await use({ path, ...(await written(request, path)) });
      } finally {
        open--;
        await rm(path, { force: true });
      }
    },
  };
}

/** Gives what the sender said of the file, once all its bytes are on the disk. */
async function written(request: IncomingMessage, path: string): Promise<Omit<Received, 'path'>> {
  const form = formOf(request);
  let file: { name: string; done: Promise<void> } | null = null;
  let description: string | null = null;
  let wrong: unknown = null;
  const stop = (error: unknown) => {
    wrong ??= error;
    form.destroy(error instanceof Error ? error : new Error('The upload was refused.'));
  };
  form.on('file', (field, stream, { filename }) => {
    stream.on('error', () => {}); // a form that is refused breaks its streams off; the refusal itself is told once, below
    if (field !== 'file' || file !== null) {
      stream.resume();
      return stop(notOneFile());
    }
    stream.once('limit', () => stop(tooLarge()));
    const done = pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    done.catch(stop); // awaited below; a full disk must stop the form as well
    file = { name: filename ?? '', done };
  });
  form.on('field', (field, value, { valueTruncated }) => {
    if (field !== 'description') return;
    const said = fileDescription.safeParse(value);
    if (!said.success || valueTruncated)
      return stop(new Refusal('BAD_INPUT', { fields: { description: 'must be at most 1,000 characters' } }));
    description = said.data === '' ? null : said.data;
  });
  for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) form.on(event, () => stop(notOneFile()));
  let taken = 0;
  request.on('data', (chunk: Buffer) => {
    taken += chunk.length;
    if (taken > limits.media.maxBytes + formBytes) stop(tooLarge());
  });
  const late = setTimeout(() => stop(new Refusal('BAD_INPUT', { fields: { file: 'took too long' } })), limits.media.uploadWithin);
  try {
    await fed(request, form);
    const received = file as { name: string; done: Promise<void> } | null; // assigned in a callback
    if (received === null) throw notOneFile();
    await received.done;
    return { name: received.name, description };
  } catch (error) {
    await (file as { done: Promise<void> } | null)?.done.catch(() => {}); // told by `wrong`; the file must be closed before it is removed
    throw refusalOf(wrong ?? error);
  } finally {
    clearTimeout(late);
  }
}

function formOf(request: IncomingMessage): busboy.Busboy {
  try {
    if (!/^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '')) throw new Error('This is no form with files.');
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: {
        files: 2,
        fields: 10,
        fieldSize: 10_240,
        fieldNameSize: 100,
        parts: 12,
        headerPairs: 50,
        fileSize: limits.media.maxBytes + 1,
      },
    });
  } catch {
    throw new Refusal('UNSUPPORTED_MEDIA', { fields: { file: 'must come as multipart/form-data' } });
  }
}

/** Not `pipeline`: when the form is refused the request must live on, so that the refusal can be told. */
function fed(request: IncomingMessage, form: busboy.Busboy): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: unknown) => {
      request.unpipe(form);
      if (error === undefined) resolve();
      else reject(error);
    };
    form.once('finish', () => end()).on('error', end);
    request.once('close', () => {
      if (!request.complete) form.destroy(new Error('The upload was broken off.'));
    });
    request.pipe(form);
  });
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Refusal('STORAGE_FULL');
  return code === null ? new Refusal('BAD_INPUT', { fields: { file: 'did not come whole' } }) : error;
}

const tooLarge = () => new Refusal('TOO_LARGE', { fields: { file: 'must be at most 25 MB' } });
const notOneFile = () => new Refusal('BAD_INPUT', { fields: { file: 'must be exactly one file, in the field file' } });
