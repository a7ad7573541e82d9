import type { IncomingMessage } from 'node:http';
import type { Caller, Demo, Services, Sessions } from '@koreromai/api';
import { createAddressOf } from './address.ts';
import { createSessionCookie, type SessionCookie } from './cookie.ts';
import { demoUserOf } from './demo.ts';
import type { Settings } from './env/env.ts';
import type { Intake } from './files/intake.ts';
import { createOriginCheck, type OriginCheck } from './origins.ts';
import type { Streams } from './streams.ts';

/** What HTTP and WebSocket share: who comes in, from where, with which session. */
export interface Entrance {
  readonly services: Services;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly origin: OriginCheck;
  readonly addressOf: (req: IncomingMessage) => string;
  /** Where uploads come in. */
  readonly intake: Intake;
  readonly publicUrl: string;
  readonly streams: Streams;
  /** The public URL is https. */
  readonly secure: boolean;
  /**
   * The caller behind the bearer token or, without one, the cookie; in a demo whoever the request names before the cookie. Null for a stranger,
   * also with a token that does not hold.
   * Who wants to hear of the session's end releases the caller afterwards.
   */
  callerOf(request: IncomingMessage, onRevoked?: () => void): Promise<Caller | null>;
}

export function createEntrance(
  services: Services,
  sessions: Sessions,
  settings: Settings,
  port: number,
  { streams, intake, demo }: Pick<Entrance, 'streams' | 'intake'> & { readonly demo: Demo | null },
): Entrance {
  const cookie = createSessionCookie(settings.publicUrl);
  const origin = createOriginCheck(settings, port);
  return {
    services,
    sessions,
    cookie,
    origin,
    addressOf: createAddressOf(settings.trustedProxies),
    intake,
    publicUrl: settings.publicUrl,
    streams,
    secure: settings.publicUrl.startsWith('https:'),
    async callerOf(request, onRevoked) {
      const named = demo && demoUserOf(request, origin);
      if (demo && named !== null) return demo.authenticate(named, onRevoked);
      const { authorization, cookie: header } = request.headers;
      const token = authorization === undefined ? cookie.read(header) : (/^Bearer ((?:kmb_)?[\w-]{43})$/i.exec(authorization)?.[1] ?? null);
      return token === null ? null : sessions.authenticate(token, onRevoked);
    },
  };
}

export type { Caller };
