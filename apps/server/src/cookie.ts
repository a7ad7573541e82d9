import { limits } from '@koreromai/contract';
import { parseCookies, serializeCookie } from 'oslo/cookie';

export interface SessionCookie {
  read(header: string | null | undefined): string | null;
  write(token: string | null): string;
}

/** The browser's session: HttpOnly, SameSite=Lax; Secure and bound to the host when the public URL is https. */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? '__Host-koreromai' : 'koreromai';
  return {
    read: (header) => (header ? (parseCookies(header).get(name) ?? null) : null),
    write: (token) =>
      serializeCookie(name, token ?? '', {
        httpOnly: true,
        sameSite: 'lax',
        secure,
        path: '/',
        maxAge: token === null ? 0 : limits.session.idle / 1_000,
      }),
  };
}
