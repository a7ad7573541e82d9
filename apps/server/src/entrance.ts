import type { IncomingMessage } from 'node:http';
import type { Caller, Context, Services, Sessions } from '@koreromai/api';
import { createAddressOf } from './address.ts';
import { createSessionCookie, type SessionCookie } from './cookie.ts';
import type { Settings } from './env.ts';
import { createOriginCheck, type OriginCheck } from './origins.ts';

/** What HTTP and WebSocket share: who comes in, from where, with which session. */
export interface Entrance {
  readonly services: Services;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly origin: OriginCheck;
  readonly addressOf: (req: IncomingMessage) => string;
  readonly publicUrl: string;
  /** The public URL is https. */
  readonly secure: boolean;
  /** The caller behind the bearer token or, without one, the cookie. Null for a stranger, also with a token that does not hold. */
  callerOf(headers: { authorization?: string | undefined; cookie?: string | undefined }): Promise<Caller | null>;
}

export function createEntrance(services: Services, sessions: Sessions, settings: Settings, port: number): Entrance {
  const cookie = createSessionCookie(settings.publicUrl);
  return {
    services,
    sessions,
    cookie,
    origin: createOriginCheck(settings, port),
    addressOf: createAddressOf(settings.trustedProxies),
    publicUrl: settings.publicUrl,
    secure: settings.publicUrl.startsWith('https:'),
    async callerOf({ authorization, cookie: header }) {
      const token = authorization === undefined ? cookie.read(header) : (/^Bearer ([\w-]{43})$/i.exec(authorization)?.[1] ?? null);
      return token === null ? null : sessions.authenticate(token);
    },
  };
}

export type { Caller, Context };
