import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { source, synthesise } from './test/template.ts';

const { template, of } = synthesise();

test('the database is what the server relies on: durable at COMMIT, strict, in UTC, keys compared byte by byte, over TLS alone', () => {
  const [parameters] = of('AWS::RDS::DBParameterGroup');
  const [, mode] = /sql_mode = '([^']+)'/.exec(source('packages/db/src/engine/mysql.ts')) ?? [];
  expect(parameters?.Properties.Parameters).toEqual({
    character_set_server: 'utf8mb4',
    collation_server: 'utf8mb4_bin',
    innodb_flush_log_at_trx_commit: '1',
    sync_binlog: '1',
    sql_mode: mode,
    transaction_isolation: 'READ-COMMITTED',
    require_secure_transport: '1',
    time_zone: 'UTC',
  });
  template.hasResourceProperties('AWS::RDS::DBParameterGroup', { Family: 'mysql8.4' });
  expect(source('docker-compose.yml')).toContain('image: mysql:8.4');
});

test('the database is encrypted, in two zones, backed up, and does not go with the stack', () => {
  template.hasResource('AWS::RDS::DBInstance', {
    DeletionPolicy: 'Snapshot',
    Properties: {
      Engine: 'mysql',
      EngineVersion: Match.stringLikeRegexp('^8\\.4\\.'),
      MultiAZ: true,
      StorageEncrypted: true,
      BackupRetentionPeriod: 14,
      DeletionProtection: true,
      DBName: 'koreromai',
    },
  });
});

test('a generated password needs no other spelling in a URL', () => {
  const generated = of('AWS::SecretsManager::Secret').map(
    ({ Properties }) => Properties.GenerateSecretString as Record<string, unknown> | undefined,
  );
  const used = generated.filter((one) => one !== undefined);
  expect(used).toHaveLength(3);
  for (const one of used) {
    const left = one.ExcludePunctuation
      ? ''
      : [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ '].filter((c) => !String(one.ExcludeCharacters).includes(c)).join('');
    expect(left).toBe('');
  }
});

test('Valkey speaks TLS and asks for a password, stands in two zones and keeps nothing', () => {
  template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
    Engine: 'valkey',
    TransitEncryptionEnabled: true,
    TransitEncryptionMode: 'required',
    AtRestEncryptionEnabled: true,
    AutomaticFailoverEnabled: true,
    MultiAZEnabled: true,
    SnapshotRetentionLimit: 0,
    AuthToken: Match.anyValue(),
  });
  expect(JSON.stringify(of('AWS::ElastiCache::ReplicationGroup')[0]?.Properties.AuthToken)).toContain('resolve:secretsmanager');
});

test('somebody is called when it matters, for every alarm on one topic', () => {
  const alarms = of('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties as unknown as Record<string, unknown[]>);
  const metrics = alarms.map(({ MetricName }) => String(MetricName));
  expect(metrics).toEqual(
    expect.arrayContaining([
      'HTTPCode_Target_5XX_Count',
      'HTTPCode_ELB_5XX_Count',
      'UnHealthyHostCount',
      'HealthyHostCount',
      'CPUUtilization',
      'MemoryUtilization',
      'FreeStorageSpace',
      'DatabaseConnections',
      'nodejs_eventloop_lag_p99_seconds',
      'unexpected_errors',
    ]),
  );
  for (const { AlarmActions, OKActions } of alarms) expect([AlarmActions?.length, OKActions?.length]).toEqual([1, 1]);
  expect(of('AWS::SNS::Topic')).toHaveLength(1);
});

test('the collector asks for figures that the server has', () => {
  const definition = JSON.stringify(of('AWS::ECS::TaskDefinition'));
  const names = [...new Set(definition.match(/koreromai_[a-z_]+/g))];
  expect(names.length).toBeGreaterThan(3);
  const told = source('docs/operations.md');
  for (const name of names) expect(told, name).toContain(name);
  expect(told).toContain('nodejs_eventloop_lag_seconds');
});
