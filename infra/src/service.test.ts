import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '@koreromai/contract';
import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { idleTimeout } from './stack/balancer.ts';
import { byCertificate, repository, source, synthesise } from './test/template.ts';

const { template, of, outputs, outdir } = synthesise();

test('R101: two servers that nobody can write to but their folder; a version that does not start is taken back', () => {
  template.hasResourceProperties('AWS::ECS::Service', {
    DesiredCount: 2,
    DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
  });
  const containers = of('AWS::ECS::TaskDefinition')[0]?.Properties.ContainerDefinitions as unknown as Record<string, unknown>[];
  expect(containers.map(({ Name, Essential, ReadonlyRootFilesystem }) => [Name, Essential, ReadonlyRootFilesystem])).toEqual([
    ['server', true, true],
    ['collector', false, true],
  ]);
  const [server] = containers;
  expect(server).toMatchObject({ StopTimeout: 60, LinuxParameters: { InitProcessEnabled: true } });
  expect(server?.MountPoints).toEqual([{ ContainerPath: '/data', ReadOnly: false, SourceVolume: 'data' }]);
  expect(source('Dockerfile')).toMatch(/^VOLUME \/data$/m);
});

test('upgrades stop all servers before new ones start, unless somebody says that there is nothing to migrate', () => {
  const parts = (context: Record<string, string>) => {
    const deployed = synthesise(context).of('AWS::ECS::Service')[0]?.Properties.DeploymentConfiguration as
      | Record<string, number>
      | undefined;
    return [deployed?.MinimumHealthyPercent, deployed?.MaximumPercent];
  };
  expect(parts(byCertificate)).toEqual([0, 100]);
  expect(parts({ ...byCertificate, rolling: 'true' })).toEqual([100, 200]);
});

test('R101: health is asked where the server answers it', () => {
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/readyz', Port: 1337, Protocol: 'HTTP' });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({ HealthCheck: { Command: Match.arrayWith([Match.stringLikeRegexp(':1337/healthz')]) } }),
    ]),
  });
  for (const path of ['/readyz', '/healthz']) expect(source('apps/server/src/app.ts')).toContain(`app.get('${path}'`);
});

test('sockets and streams speak before the balancer cuts them, and the balancer lets go of a connection before the server does', () => {
  const [, kept] = /const keptForProxies = ([\d_]+);/.exec(source('apps/server/src/server.ts')) ?? [];
  const idle = idleTimeout * 1_000;
  expect(limits.socket.pingEvery).toBeLessThan(idle / 2);
  expect(limits.stream.beatEvery).toBeLessThan(idle / 2);
  expect(Number(kept?.replaceAll('_', ''))).toBeGreaterThan(idle);
  expect(JSON.stringify(of('AWS::ElasticLoadBalancingV2::LoadBalancer'))).toContain(
    `{"Key":"idle_timeout.timeout_seconds","Value":"${idleTimeout}"}`,
  );
});

test('the image is the Dockerfile’s last stage, made of the committed tree without what was installed or is secret', () => {
  const stages = [...source('Dockerfile').matchAll(/^FROM \S+ AS (\w+)/gm)].map(([, name]) => name);
  expect(stages.at(-1)).toBe('app');
  const asset = readdirSync(outdir).find((name) => name.startsWith('asset.')) ?? '';
  const inside = readdirSync(join(outdir, asset));
  expect(inside).toEqual(expect.arrayContaining(['Dockerfile', 'apps', 'packages', 'scripts', 'package-lock.json']));
  expect(inside.filter((name) => ['node_modules', '.git', '.env', 'data', 'infra'].includes(name))).toEqual([]);
  expect(existsSync(join(repository, 'infra'))).toBe(true);
});

test('logs are kept for a bounded time', () => {
  for (const { Properties } of of('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBeGreaterThan(0);
});

test('whoever deployed is told where it is', () => {
  expect(Object.keys(outputs)).toEqual(
    expect.arrayContaining(['Url', 'LogGroup', 'AlarmTopic', 'ClusterName', 'ServiceName', 'FilesBucket']),
  );
  expect(outputs.Url).toMatchObject({ Value: 'https://chat.example.org' });
});

test('with a zone the name and its certificate are made too', () => {
  const own = synthesise({
    domain: 'chat.example.org',
    hostedZoneId: 'Z123',
    hostedZoneName: 'example.org',
    alarmEmail: 'me@example.org',
    tasks: '3',
  });
  own.template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'chat.example.org.', Type: 'A' });
  own.template.hasResourceProperties('AWS::CertificateManager::Certificate', { DomainName: 'chat.example.org', ValidationMethod: 'DNS' });
  own.template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'me@example.org' });
  own.template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: 3 });
});

test('the lockfile names no host: whoever installs asks the registry they use', () => {
  expect(source('infra/package-lock.json')).not.toMatch(/"resolved"|:\/\/(?!github\.com|opencollective|feross|paypal)/);
});
