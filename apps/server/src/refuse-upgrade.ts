import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const headers = [
  'connection: close',
  'content-length: 0',
  "content-security-policy: default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options: nosniff',
  'referrer-policy: no-referrer',
].join('\r\n');

/**
 * Says no to an upgrade and hangs up. Node hands the connection over bare: without a listener of ours a peer who resets it
 * would end the process, and one who never hangs up would keep the server from closing.
 */
export function refuseUpgrade(net: Duplex, status: number): void {
  net.on('error', () => net.destroy());
  net.once('finish', () => net.destroy());
  net.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers}\r\n\r\n`);
}
