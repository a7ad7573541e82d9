import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { ValidationSeverity, validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import schema from './containers/compose-spec.json' with { type: 'json' };
import { v8Flags } from './v8.mjs';

const place = (path: string) => new URL(`../${path}`, import.meta.url);
const read = (path: string) => readFileSync(place(path), 'utf8');
const dockerfile = read('Dockerfile');

interface Service {
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: object;
}
const compose: { services: Record<string, Service>; volumes: object } = parse(read('docker-compose.yml'), { merge: true });
const services = Object.entries(compose.services);

test('R101: the Dockerfile is well-formed, copies what is there, and ends without root, with a look at its health', () => {
  const found = validate(dockerfile, { instructionJSONInSingleQuotes: ValidationSeverity.ERROR });
  expect(found).toEqual([]);
  const [, last = ''] = /^FROM \S+ AS app\n([\s\S]*)$/m.exec(dockerfile) ?? [];
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK .*\n? .*\/readyz/m);
  const asStarted = v8Flags.map((flag) => `"${flag}", `).join(''); // as `npm start`
  expect(last).toContain(`\nCMD ["node", ${asStarted}"apps/server/src/main.ts"]`);
  expect(read('apps/bench/src/flags.ts')).toContain(`[${v8Flags.map((flag) => `'${flag}'`).join(', ')}]`);
  for (const [, from = ''] of last.matchAll(/^COPY --from=lean \/app\/(\S+)/gm))
    if (!/^node_modules$|dist$/.test(from)) expect(existsSync(place(from)), from).toBe(true);
  for (const line of read('.gitignore').trim().split('\n'))
    if (!/^\*\.tsbuildinfo$/.test(line)) expect(read('.dockerignore')).toContain(line.replace(/\/$/, ''));
});

test('R120: docker-compose.yml is what the Compose specification allows', () => {
  const valid = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile({
    ...schema,
    $schema: 'http://json-schema.org/draft-07/schema#',
  });
  valid(compose);
  expect(valid.errors ?? []).toEqual([]);
});

test('R120, R122: one command serves 1337; neither 3306 nor 6379 is published, and mails are read on this machine alone', () => {
  const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
  expect(published).toEqual(['app 1337:1337', 'balancer 8080:8080', 'mail 127.0.0.1:8025:8025']);
  const plain = services.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name);
  expect(plain).toEqual(['app', 'mysql', 'valkey', 'mail']);
});

test('R120: services wait for those with a health, mount what is there, and set what the server reads', () => {
  const known = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  for (const [name, { depends_on = {}, volumes = [], environment = {} }] of services) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(condition, name).toBe('service_healthy');
      expect(compose.services[other]?.healthcheck, `${name} waits for ${other}`).toBeDefined();
    }
    for (const [from = ''] of volumes.map((volume) => volume.split(':')))
      expect(from.startsWith('./') ? existsSync(place(from)) : from in compose.volumes, from).toBe(true);
    if (name.startsWith('app')) expect(Object.keys(environment).filter((key) => !/^TEST_/.test(key) && !known.includes(key))).toEqual([]);
  }
});

test('R101: the profile "two" has two nodes alike but for their own folder, and a balancer that knows both and is believed by both', () => {
  const { app, app2, balancer } = compose.services;
  expect(app2?.environment).toEqual(app?.environment);
  expect(app2?.volumes?.filter((volume) => app?.volumes?.includes(volume))).toEqual(['files:/files']);
  const [, upstreams = ''] = /reverse_proxy (.+) \{/.exec(read('deploy/Caddyfile.two')) ?? [];
  expect(upstreams.split(' ')).toEqual(['app:1337', 'app2:1337']);
  expect(JSON.stringify(balancer)).toContain(app?.environment?.TRUSTED_PROXIES);
});
