import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUpload } from './uploads.ts';

/** A file may take minutes over a slow line; everybody else's body has `within` milliseconds before the connection ends. */
export function hurry(request: IncomingMessage, response: ServerResponse, within: number): void {
  const { 'content-length': length, 'transfer-encoding': pieces } = request.headers;
  if (pieces === undefined && Number(length ?? 0) === 0) return;
  if (isUpload(request.method, (request.url ?? '').split('?')[0] ?? '')) return;
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (!response.headersSent) request.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    request.socket.destroySoon();
  }, within);
  request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}
