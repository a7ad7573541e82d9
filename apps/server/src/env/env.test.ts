import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { prepareDataDir } from './data-dir.ts';
import { readSettings } from './env.ts';
import { SettingsError } from './error.ts';
import { redactUrl } from './redact.ts';

function sentencesOf(env: NodeJS.ProcessEnv, argv: string[] = []): string[] {
  try {
    readSettings(env, argv);
  } catch (error) {
    if (error instanceof SettingsError) return error.sentences;
    throw error;
  }
  return [];
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'env-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('readSettings', () => {
  test('without any setting it serves on loopback, port 1337, from a file in the repository', () => {
    const settings = readSettings({}, []);
    expect(settings).toMatchObject({ port: 1337, host: '127.0.0.1', publicUrl: 'http://localhost:1337', rateLimits: true, web: true });
    expect(isAbsolute(settings.dataDir)).toBe(true);
    expect(settings.databaseUrl).toBe(`sqlite:${join(settings.dataDir, 'koreromai.db')}`);
    expect(settings.storageUrl).toBe(`file:${join(settings.dataDir, 'files')}`);
    expect(existsSync(join(settings.dataDir, '..', 'package-lock.json'))).toBe(true);
  });

  test('the public address follows the port and the database file follows the data folder', () => {
    const settings = readSettings({ PORT: '8080', DATA_DIR: '/srv/chat' }, []);
    expect(settings.publicUrl).toBe('http://localhost:8080');
    expect(settings.databaseUrl).toBe('sqlite:/srv/chat/koreromai.db');
  });

  test('mails are files unless a server takes them, and come from the public host', () => {
    expect(readSettings({}, [])).toMatchObject({ smtpUrl: null, mailFrom: 'KoreroMai <no-reply@localhost>' });
    expect(readSettings({ PUBLIC_URL: 'https://chat.example.org' }, []).mailFrom).toBe('KoreroMai <no-reply@chat.example.org>');
    const given = { SMTP_URL: 'smtps://me:s%40crét@mail.example.org:465', MAIL_FROM: 'Kōrero <chat@example.org>' };
    expect(readSettings(given, [])).toMatchObject({ smtpUrl: given.SMTP_URL, mailFrom: given.MAIL_FROM });
  });

  test('Redis is none, or a host with at most the number of a database', () => {
    expect(readSettings({}, []).redisUrl).toBeNull();
    for (const url of ['redis://localhost', 'rediss://chat:s%40crét@valkey.example.org:6380/3', 'redis://:p@[::1]:6379/'])
      expect(readSettings({ REDIS_URL: ` ${url} ` }, []).redisUrl).toBe(url);
    for (const url of [
      'localhost:6379',
      'http://localhost',
      'redis://',
      'redis://localhost/name',
      'redis://localhost?family=6',
      'redis://a b',
    ])
      expect(sentencesOf({ REDIS_URL: url })).toEqual([expect.stringMatching(/^REDIS_URL must be redis:.* e\.g\. REDIS_URL=redis:/)]);
  });

  test('files lie in a folder or a bucket', () => {
    const at = (url: string) => readSettings({ STORAGE_URL: url }, []).storageUrl;
    expect(at('file:///srv/files')).toBe('file:/srv/files');
    expect(isAbsolute(at('file:files').slice('file:'.length))).toBe(true);
    const bucket = 's3://KEY:SE%2FCRET@files/chat?region=eu-central-1&endpoint=https%3A%2F%2Fs3.example.org';
    expect(at(bucket)).toBe(bucket);
    expect(at('s3://my.files')).toBe('s3://my.files');
  });

  test('titles of linked pages are fetched where the server is public, and wherever it is asked for', () => {
    const shown = (env: NodeJS.ProcessEnv) => readSettings(env, []).linkPreviews;
    const PUBLIC_URL = 'https://chat.example.org';
    expect([shown({}), shown({ PUBLIC_URL: 'http://127.0.0.1:80' }), shown({ PUBLIC_URL })]).toEqual([false, false, true]);
    expect([shown({ LINK_PREVIEWS: 'on' }), shown({ PUBLIC_URL, LINK_PREVIEWS: 'off' })]).toEqual([true, false]);
  });

  test('an empty variable is an absent one', () => {
    expect(readSettings({ PORT: '', PUBLIC_URL: ' ', DATABASE_URL: '' }, [])).toEqual(readSettings({}, []));
  });

  test('lists are split at commas and trimmed', () => {
    const settings = readSettings(
      { TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8', CORS_ORIGINS: 'https://a.example, https://b.example/,' },
      [],
    );
    expect(settings.trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
    expect(settings.corsOrigins).toEqual(['https://a.example', 'https://b.example']);
  });

  test('the instance’s settings are seeded by what is given, and by nothing else', () => {
    expect(readSettings({}, []).seeds).toEqual({});
    const whom = { EMAIL_VISIBILITY: 'contacts', MESSAGING_POLICY: 'mutualFollow', DIRECTORY: 'off' };
    const howMuch = { EDIT_WINDOW: '15m', RETENTION: '0', BOTS_PER_PERSON: '0' };
    expect(readSettings({ ...whom, ...howMuch }, []).seeds).toEqual({
      emailVisibility: 'contacts',
      messagingPolicy: 'mutualFollow',
      directory: 'off',
      editWindow: 900_000,
      retention: 0,
      botsPerPerson: 0,
    });
    for (const wrong of ['15', 'm', '-1h', '1.5h', '99999d'])
      expect(sentencesOf({ EDIT_WINDOW: wrong }), wrong).toEqual([expect.stringContaining('EDIT_WINDOW must be a time')]);
    for (const wrong of ['many', '-1', '1.5', '101', '1e1'])
      expect(sentencesOf({ BOTS_PER_PERSON: wrong })).toEqual([expect.stringMatching(/^BOTS_PER_PERSON must be .* from 0 to 100, e/)]);
    expect(sentencesOf({ DIRECTORY: 'all' })).toEqual(['DIRECTORY must be everyone, contacts, off, e.g. DIRECTORY=off.']);
  });

  test('--no-web serves the API alone, and any other flag is refused by name', () => {
    expect(readSettings({}, ['--no-web']).web).toBe(false);
    expect(sentencesOf({}, ['--no-wbe'])).toEqual([expect.stringContaining('--no-wbe is not a flag')]);
  });

  test('K3: --demo is refused in one sentence wherever somebody else could get in', () => {
    expect([readSettings({}, []).demo, readSettings({}, ['--demo']).demo]).toEqual([false, true]);
    const local = ['127.0.0.1', '127.0.0.2', '::1', 'localhost'];
    for (const HOST of local) expect(readSettings({ HOST }, ['--demo', '--no-web']).demo, HOST).toBe(true);
    for (const at of ['http://localhost:80', 'https://127.0.0.1', 'http://[::1]:5173'])
      expect(readSettings({ PUBLIC_URL: at }, ['--demo']).demo, at).toBe(true);
    const HOSTs = ['0.0.0.0', '::', '192.168.1.2', 'chat.example.org', '127.example.org', '127.0.0.1.example.org', 'localhost.example.org'];
    for (const HOST of HOSTs)
      expect(sentencesOf({ HOST }, ['--demo']), HOST).toEqual([expect.stringMatching(/^--demo lets anybody act as anybody, .*HOST/)]);
    for (const host of HOSTs.slice(2))
      expect(sentencesOf({ PUBLIC_URL: `http://${host}` }, ['--demo']), host).toEqual([expect.stringMatching(/^--demo .*PUBLIC_URL/)]);
    expect(sentencesOf({ HOST: '0.0.0.0' })).toEqual([]);
  });

  test('MySQL may be reached over TLS', () => {
    for (const ssl of ['Amazon%20RDS', '%7B%7D']) {
      const url = `mysql://localhost/chat?ssl=${ssl}`;
      expect(readSettings({ DATABASE_URL: url }, []).databaseUrl).toBe(url);
    }
  });

  test('a relative SQLite path starts at the repository, an absolute one stays', () => {
    expect(isAbsolute(readSettings({ DATABASE_URL: 'sqlite:data/other.db' }, []).databaseUrl.slice('sqlite:'.length))).toBe(true);
    expect(readSettings({ DATABASE_URL: 'sqlite:///srv/chat.db' }, []).databaseUrl).toBe('sqlite:/srv/chat.db');
  });

  test.for([
    ['PORT', '65536'],
    ['PORT', '1e3'],
    ['PORT', '-1'],
    ['HOST', '0.0.0.0:80'],
    ['SMTP_URL', 'mail.example.org'],
    ['SMTP_URL', 'http://mail.example.org'],
    ['SMTP_URL', 'smtp://mail.example.org/path'],
    ['MAIL_FROM', 'KoreroMai'],
    ['MAIL_FROM', 'a@b.nz, c@d.nz'],
    ['MAIL_FROM', 'A <a@b.nz>\r\nBcc: c@d.nz'],
    ['STORAGE_URL', 'file:'],
    ['STORAGE_URL', './files'],
    ['STORAGE_URL', 's3://B'],
    ['STORAGE_URL', 's3://key@files'],
    ['STORAGE_URL', 's3://files?regoin=eu'],
    ['STORAGE_URL', 's3://files?endpoint=minio:9000'],
    ['DATABASE_URL', 'postgres://localhost/chat'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['DATABASE_URL', 'mariadb://localhost/chat'],
    ['DATABASE_URL', 'mysql://localhost/chat?ssl=yes'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['PUBLIC_URL', 'chat.example.org'],
    ['PUBLIC_URL', 'https://example.org/chat'],
    ['PUBLIC_URL', 'https://me:secret@example.org'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.example.org'],
    ['CORS_ORIGINS', '*'],
    ['RATE_LIMITS', 'no'],
    ['LINK_PREVIEWS', 'maybe'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_TOKEN', 'short'],
  ])('%s=%s is refused in one sentence that names the setting and shows a right value', ([setting = '', value]) => {
    const sentences = sentencesOf({ [setting]: value });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(new RegExp(`^${setting} .*e\\.g\\. ${setting}=.+\\.$`));
    expect(sentences[0]).not.toContain('secret');
  });

  test('the example in a refusal is itself accepted', () => {
    const refused = {
      PORT: 'x',
      HOST: '!',
      DATABASE_URL: 'x',
      PUBLIC_URL: 'x',
      TRUSTED_PROXIES: 'x',
      CORS_ORIGINS: 'x',
      RATE_LIMITS: 'x',
      LOG_LEVEL: 'x',
      METRICS_TOKEN: 'x',
    };
    const examples = sentencesOf(refused).flatMap((sentence) =>
      [...sentence.matchAll(/e\.g\. (\w+)=(.+)\.$/g)].map(([, name = '', value = '']) => [name, value] as const),
    );
    expect(examples).toHaveLength(9);
    expect(sentencesOf(Object.fromEntries(examples))).toEqual([]);
  });

  test('two bad settings give two sentences, several bad entries of one list give one', () => {
    expect(sentencesOf({ PORT: 'x', TRUSTED_PROXIES: 'a,b,c' })).toHaveLength(2);
  });

  test('no sentence repeats a database password, however broken the URL', () => {
    for (const url of [
      'mysql://me:hunter2@',
      'mysql//me:hunter2@host/db',
      'postgres://me:hunter2@host/db',
      'mysql://me:hun/hunter2@host',
    ]) {
      expect(sentencesOf({ DATABASE_URL: url }).join()).toMatch(/^DATABASE_URL (?!.*hunter2)/);
    }
  });
});

describe('prepareDataDir', () => {
  test.skipIf(process.platform !== 'linux')('a folder that the system itself refuses to make is told at once', () => {
    expect(() => prepareDataDir('/proc/nowhere/data')).toThrow('DATA_DIR is /proc/nowhere/data, which cannot be written (ENOENT)');
  });

  test('makes the folder and leaves nothing in it', () => {
    const folder = join(emptyFolder(), 'deep', 'data');
    prepareDataDir(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says in one sentence that the folder cannot be written', () => {
    const file = join(emptyFolder(), 'file');
    writeFileSync(file, '');
    expect(() => prepareDataDir(join(file, 'data'))).toThrow(
      /^DATA_DIR is .+ cannot be written \(ENOTDIR\); .+ e\.g\. DATA_DIR=\.\/data\.$/,
    );
  });
});

describe('redactUrl', () => {
  test.for([
    ['mysql://me:hunter2@host/db', 'mysql://me:***@host/db'],
    ['mysql://me:p@ss:hunter2@host/db', 'mysql://me:***@host/db'],
    ['mysql://:hunter2@host/db', 'mysql://:***@host/db'],
    ['mariadb://host/db?user=me&password=hunter2&ssl=1', 'mariadb://host/db?user=me&password=***&ssl=1'],
    ['mysql://me@host:3306/db', 'mysql://me@host:3306/db'],
    ['sqlite:/srv/chat.db', 'sqlite:/srv/chat.db'],
  ])('%s prints as %s', ([url = '', printed]) => {
    expect(redactUrl(url)).toBe(printed);
  });
});
