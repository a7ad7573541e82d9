import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, type OriginCheck } from './origins.ts';

/** What a proxy adds: then whoever asks need not be on this machine, whatever the socket says. */
const relayed = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whom a request's `X-Demo-User` names; null where it names nobody or is not believed: it must come from this machine itself, to one of our
 * own names (a page that had its own name led here would call us by that one), and no page of another site may have made it. Who shows a
 * bearer token is who that says.
 */
export function demoUserOf(request: IncomingMessage, origin: OriginCheck): string | null {
  const { headers, socket } = request;
  const named = headers['x-demo-user'];
  if (typeof named !== 'string' || headers.authorization !== undefined) return null;
  if (!isLoopbackAddress(socket.remoteAddress ?? '') || relayed.some((name) => headers[name] !== undefined)) return null;
  const host = headers.host?.toLowerCase();
  if (host === undefined || !['http', 'https'].some((scheme) => origin(`${scheme}://${host}`) === 'own')) return null;
  const ours = origin(headers.origin) === 'own' || origin(headers.origin) === 'absent';
  return ours && ['same-origin', 'none', undefined].includes(headers['sec-fetch-site'] as string | undefined) ? named : null;
}
