import { limits } from '@koreromai/contract';
import { parse, serialize } from 'hono/utils/cookie';

export interface SessionCookie {
  read(header: string | null | undefined): string | null;
  write(token: string | null): string;
}

/** The browser's session: HttpOnly, SameSite=Lax; Secure and bound to the host when the public URL is https. */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? '__Host-koreromai' : 'koreromai';
  return {
    read: (header) => (header ? (parse(header, name)[name] ?? null) : null),
    write: (token) =>
      serialize(name, token ?? '', {
        httpOnly: true,
        sameSite: 'Lax',
        secure,
        path: '/',
        maxAge: token === null ? 0 : limits.session.idle / 1_000,
      }),
  };
}
