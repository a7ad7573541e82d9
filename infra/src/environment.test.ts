import { expect, test } from 'vitest';
import { readSettings } from '../../apps/server/src/env/env.ts';
import { variables } from '../../apps/server/src/env/variables.ts';
import { byCertificate, resolved, synthesise } from './test/template.ts';

interface Container {
  readonly Name: string;
  readonly Environment?: readonly { Name: string; Value: unknown }[];
  readonly Secrets?: readonly { Name: string; ValueFrom: { Ref: string } }[];
}

/** What the server is started with, with stand-ins for what only AWS knows. */
function environment(context?: Readonly<Record<string, string>>) {
  const { of, resources } = synthesise(context);
  const containers = of('AWS::ECS::TaskDefinition')[0]?.Properties.ContainerDefinitions as unknown as Container[];
  const server = containers.find(({ Name }) => Name === 'server');
  const plain = (server?.Environment ?? []).map(({ Name, Value }) => [Name, resolved(Value)] as const);
  const secret = (server?.Secrets ?? []).map(({ Name, ValueFrom }) => {
    const { SecretString, GenerateSecretString } = (resources.find(([id]) => id === ValueFrom.Ref)?.[1].Properties ?? {}) as Record<
      string,
      unknown
    >;
    return [Name, GenerateSecretString ? 'generated-by-aws-itself' : SecretString ? resolved(SecretString) : 'smtp://by-hand'] as const;
  });
  return { containers, plain: Object.fromEntries(plain), secret: Object.fromEntries(secret) };
}

const every = { ...byCertificate, smtpSecret: 'koreromai/smtp', mailFrom: 'KoreroMai <chat@example.org>' };

test('R117: the server is told nothing that it does not read, and all that several processes need', () => {
  const { plain, secret } = environment(every);
  const given = [...Object.keys(plain), ...Object.keys(secret)];
  expect(given.filter((name) => !(name in variables.shape))).toEqual([]);
  const needed = [
    'DATABASE_URL',
    'REDIS_URL',
    'STORAGE_URL',
    'PUBLIC_URL',
    'HOST',
    'TRUSTED_PROXIES',
    'METRICS_TOKEN',
    'SMTP_URL',
    'MAIL_FROM',
  ];
  expect(needed.filter((name) => !given.includes(name))).toEqual([]);
});

test('R117: the server takes these settings as they are, with and without mail', () => {
  const { plain, secret } = environment(every);
  const settings = readSettings({ ...plain, ...secret }, []);
  expect(settings).toMatchObject({
    host: '0.0.0.0',
    port: 1337,
    dataDir: '/data',
    publicUrl: 'https://chat.example.org',
    databaseUrl: 'mysql://koreromai:PASSWORD@stand-in:3306/koreromai?ssl=Amazon%20RDS',
    redisUrl: 'rediss://:PASSWORD@stand-in:6379',
    storageUrl: 's3://stand-in?region=eu-central-1',
    mailFrom: 'KoreroMai <chat@example.org>',
    rateLimits: true,
    demo: false,
    web: true,
  });
  expect(settings.metricsToken).not.toBeNull();
  const less = environment();
  expect(readSettings({ ...less.plain, ...less.secret }, []).smtpUrl).toBeNull();
});

test('K2: whatever holds a secret comes from Secrets Manager, and the template holds none', () => {
  const { plain, secret } = environment(every);
  expect(Object.keys(secret).sort()).toEqual(['DATABASE_URL', 'METRICS_TOKEN', 'REDIS_URL', 'SMTP_URL']);
  expect(Object.values(plain).join()).not.toContain('PASSWORD');
  const { of, text } = synthesise();
  for (const { Properties } of of('AWS::SecretsManager::Secret')) {
    const { SecretString, GenerateSecretString } = Properties as Record<string, unknown>;
    expect(GenerateSecretString ? 'PASSWORD' : resolved(SecretString)).toContain('PASSWORD');
  }
  for (const [, password] of text.matchAll(/"MasterUserPassword":("[^"]*"|\{.*?\})/g)) expect(password).toContain('resolve:secretsmanager');
});

test('the balancer’s own subnets, and no others, may say where callers come from', () => {
  const { of } = synthesise();
  const cidrs = of('AWS::EC2::Subnet').filter(({ Properties: { Tags } }) => JSON.stringify(Tags).includes('balancer'));
  expect(environment().plain.TRUSTED_PROXIES?.split(',')).toEqual(cidrs.map(({ Properties: { CidrBlock } }) => CidrBlock));
  expect(cidrs).toHaveLength(2);
});
