import { DatabaseUnusable } from './instance.ts';
import { noMariaDb } from './server.ts';

export type DatabaseUrl = { dialect: 'sqlite'; path: string } | { dialect: 'mysql'; href: string; name: string };

/**
 * Reads `sqlite:PATH` or `mysql://user:password@host:port/name`.
 * Throws an Error whose message is one sentence and never holds the password.
 */
export function parseDatabaseUrl(raw: string): DatabaseUrl {
  if (raw.startsWith('sqlite:')) {
    const path = raw.slice('sqlite:'.length);
    if (path === '') throw new Error('The database URL "sqlite:" names no file: write for example sqlite:./data/koreromai.db.');
    return { dialect: 'sqlite', path };
  }
  const url = URL.parse(raw);
  if (url?.protocol === 'mariadb:') throw new DatabaseUnusable(noMariaDb);
  const name = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (url?.protocol !== 'mysql:' || name === '' || name.includes('/')) {
    throw new Error('The database URL must be sqlite:PATH or mysql://USER:PASSWORD@HOST:PORT/NAME.');
  }
  return { dialect: 'mysql', href: url.href, name };
}

/** What `?ssl=` of a MySQL URL says, as the driver takes it: the name of a profile (`Amazon RDS`), or a JSON object (`{}` for the system's authorities). */
export function tlsOf(href: string): { ssl?: string | object } {
  const given = new URL(href).searchParams.get('ssl');
  if (given === null) return {};
  return { ssl: given.startsWith('{') ? JSON.parse(given) : given };
}
