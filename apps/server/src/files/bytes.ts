import { Readable as NodeReadable } from 'node:stream';
import type { Readable } from '@koreromai/api';
import { Refusal } from '@koreromai/contract';
import type { Call } from '../rest/route.ts';
import { dispositionOf } from './disposition.ts';
import { rangeOf } from './range.ts';

/**
 * A file's bytes, or one part of them, as an answer in which nothing can run. `cache` is the Cache-Control. Content under a key
 * never changes, so the key makes the ETag.
 */
export async function bytesAnswer(call: Call, file: Readable, cache: string): Promise<Response> {
  const { c, entrance } = call;
  const etag = `"${file.key.slice(24)}"`;
  c.set('sandboxed', true);
  const headers = new Headers({ 'cache-control': cache, etag, 'accept-ranges': 'bytes', vary: 'authorization, cookie' });
  const known = c.req.header('if-none-match');
  if (known?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag))
    return new Response(null, { status: 304, headers });

  headers.set('content-type', file.type);
  headers.set('content-disposition', dispositionOf(file.name));
  const condition = c.req.header('if-range');
  const part = condition === undefined || condition === etag ? rangeOf(c.req.header('range'), file.size) : null;
  if (part === 'none') {
    headers.set('content-range', `bytes */${file.size}`);
    headers.delete('content-disposition');
    headers.delete('content-type');
    return new Response(null, { status: 416, headers });
  }
  headers.set('content-length', String(part ? part.to - part.from + 1 : file.size));
  if (part) headers.set('content-range', `bytes ${part.from}-${part.to}/${file.size}`);
  const status = part ? 206 : 200;
  if (c.req.method === 'HEAD') return new Response(null, { status, headers });
  const stream = await entrance.services.storage.get(file.key, part ?? undefined);
  if (stream === null) throw new Refusal('NOT_FOUND'); // purged at this moment
  return new Response(NodeReadable.toWeb(stream) as ReadableStream, { status, headers });
}
