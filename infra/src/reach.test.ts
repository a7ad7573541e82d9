import { expect, test } from 'vitest';
import { source, synthesise } from './test/template.ts';

const { resources, of, text, template } = synthesise();
const anywhere = /0\.0\.0\.0\/0|::\/0/;

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
}

test('R117: nothing is public but the load balancer, at 80 and 443', () => {
  const groups = resources.filter(([, { Type }]) => Type === 'AWS::EC2::SecurityGroup');
  const open = groups.flatMap(([id, { Properties }]) =>
    ((Properties.SecurityGroupIngress ?? []) as { CidrIp?: string; FromPort: number }[]).map(
      ({ CidrIp, FromPort }) => `${id} ${FromPort} ${CidrIp}`,
    ),
  );
  expect(open.map((rule) => rule.replace(/Group[0-9A-F]{8}/, ''))).toEqual(['Balancer 80 0.0.0.0/0', 'Balancer 443 0.0.0.0/0']);
  for (const { Properties } of of('AWS::EC2::SecurityGroupIngress')) {
    expect(Properties.SourceSecurityGroupId, 'from a group, never from an address').toBeDefined();
    expect(JSON.stringify(Properties)).not.toMatch(anywhere);
  }
  expect(
    of('AWS::EC2::SecurityGroupIngress')
      .map(({ Properties: { FromPort } }) => FromPort)
      .sort(),
  ).toEqual([1337, 3306, 6379]);
  expect(of('AWS::ElasticLoadBalancingV2::LoadBalancer').map(({ Properties: { Scheme } }) => Scheme)).toEqual(['internet-facing']);
  for (const { Properties } of of('AWS::EC2::Subnet')) expect(Properties.MapPublicIpOnLaunch).toBe(false);
  template.hasResourceProperties('AWS::RDS::DBInstance', { PubliclyAccessible: false });
  template.hasResourceProperties('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } } });
  const known = /^AWS::(EC2|ECS|IAM|Logs|S3|SNS|RDS|ElastiCache|SecretsManager|CloudWatch|ElasticLoadBalancingV2)::/;
  expect(resources.filter(([, { Type }]) => !known.test(Type))).toEqual([]);
});

test('R117: the data’s subnets have no way out of the network', () => {
  const tables = resources.filter(([id, { Type }]) => Type === 'AWS::EC2::RouteTable' && id.includes('data')).map(([id]) => id);
  expect(tables).toHaveLength(2);
  for (const { Properties } of of('AWS::EC2::Route')) expect(tables).not.toContain((Properties.RouteTableId as { Ref: string }).Ref);
});

test('HTTP is only sent on to HTTPS, which speaks TLS 1.2 and 1.3 alone', () => {
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 80,
    DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }],
  });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
  });
});

test('K7: rights are named one by one, on things named one by one', () => {
  const statements = of('AWS::IAM::Policy').flatMap(
    ({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
  );
  expect(statements.length).toBeGreaterThan(5);
  for (const { Action, Resource } of statements) {
    expect(JSON.stringify(Action)).not.toContain('*');
    if (Action !== 'ecr:GetAuthorizationToken') expect(Resource).not.toBe('*'); // that one has no resource
  }
  for (const { Properties } of of('AWS::IAM::Role')) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    expect(JSON.stringify(Properties.AssumeRolePolicyDocument)).toContain('ecs-tasks.amazonaws.com');
  }
});

test('the servers may do with the bucket what the storage does, and nothing else', () => {
  const rights: Record<string, string> = {
    ListObjectsV2: 's3:ListBucket',
    GetObject: 's3:GetObject',
    PutObject: 's3:PutObject',
    DeleteObject: 's3:DeleteObject',
  };
  const commands = new Set(
    [...source('packages/api/src/attachments/storage/s3.ts').matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name),
  );
  const needed = [...commands].map((name) => rights[name] ?? `something for ${name}`);
  const given = [...text.matchAll(/"(s3:(?!TlsVersion)[A-Z]\w+)"/g)].map(([, action]) => action);
  expect([...new Set(given)].sort()).toEqual(needed.sort());
});

test('K7: the bucket is private, encrypted and reached over TLS alone; what was deleted or never ended goes', () => {
  template.hasResourceProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    VersioningConfiguration: { Status: 'Enabled' },
  });
  const [bucket] = of('AWS::S3::Bucket');
  expect(bucket?.Properties.BucketEncryption).toBeDefined();
  expect(bucket?.Properties.CorsConfiguration).toBeUndefined();
  expect(bucket?.DeletionPolicy).toBe('Retain');
  const rules = JSON.stringify(bucket?.Properties.LifecycleConfiguration);
  expect(rules).toContain('"AbortIncompleteMultipartUpload":{"DaysAfterInitiation":1}');
  expect(rules).toContain('"NoncurrentVersionExpiration":{"NoncurrentDays":14}');
  expect(JSON.stringify(of('AWS::S3::BucketPolicy'))).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"');
});
