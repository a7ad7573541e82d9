export type DatabaseUrl =
  | { dialect: 'sqlite'; scheme: 'sqlite'; path: string }
  | { dialect: 'mysql'; scheme: 'mysql' | 'mariadb'; href: string; name: string };

/**
 * Reads `sqlite:PATH`, `mysql://user:password@host:port/name` or `mariadb://…`.
 * Throws an Error whose message is one sentence and never holds the password.
 */
export function parseDatabaseUrl(raw: string): DatabaseUrl {
  if (raw.startsWith('sqlite:')) {
    const path = raw.slice('sqlite:'.length);
    if (path === '') throw new Error('The database URL "sqlite:" names no file: write for example sqlite:./data/koreromai.db.');
    return { dialect: 'sqlite', scheme: 'sqlite', path };
  }
  const url = URL.parse(raw);
  const scheme = url?.protocol === 'mysql:' ? 'mysql' : url?.protocol === 'mariadb:' ? 'mariadb' : null;
  const name = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (url === null || scheme === null || name === '' || name.includes('/')) {
    throw new Error(
      'The database URL must be sqlite:PATH, mysql://USER:PASSWORD@HOST:PORT/NAME or mariadb://USER:PASSWORD@HOST:PORT/NAME.',
    );
  }
  url.protocol = 'mysql:'; // the driver underneath is the same
  return { dialect: 'mysql', scheme, href: url.href, name };
}

/** What `?ssl=` of a MySQL URL says, as the driver takes it: the name of a profile (`Amazon RDS`), or a JSON object (`{}` for the system's authorities). */
export function tlsOf(href: string): { ssl?: string | object } {
  const given = new URL(href).searchParams.get('ssl');
  if (given === null) return {};
  return { ssl: given.startsWith('{') ? JSON.parse(given) : given };
}
