import { isIP } from 'node:net';
import type { Settings } from './env/env.ts';

/**
 * Whether a request that a page of `origin` makes is ours to serve. `origin` is the header as it came; undefined when absent.
 * `listed` are other sites that the operator lets call the API with a bearer token: what rides on our cookie is not theirs.
 */
export type OriginCheck = (origin: string | undefined) => 'own' | 'listed' | 'absent' | 'foreign';

/** Our own origins are the public one and this machine's names for it while we listen on loopback. */
export function createOriginCheck(settings: Pick<Settings, 'publicUrl' | 'corsOrigins' | 'host'>, port: number): OriginCheck {
  const loopback = isLoopbackHost(settings.host) ? ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`) : [];
  const own = new Set([settings.publicUrl, ...loopback]);
  const listed = new Set(settings.corsOrigins);
  return (origin) => (origin === undefined ? 'absent' : own.has(origin) ? 'own' : listed.has(origin) ? 'listed' : 'foreign');
}

/** A host as people write it, also as URLs have it: a name that begins like a loopback address is none. */
export const isLoopbackHost = (host: string): boolean => host === 'localhost' || isLoopbackAddress(host.replace(/^\[|\]$/g, ''));

export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || (isIP(address) > 0 && /^(::ffff:)?127\./i.test(address));
