import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Network } from './network.ts';

export interface Valkey {
  readonly group: CfnReplicationGroup;
  readonly password: Secret;
}

/** Valkey over TLS with a password, a copy in the other zone, and nothing kept: what rings and counts may be lost at any time. */
export function createValkey(scope: Construct, { vpc, groups }: Network): Valkey {
  const password = new Secret(scope, 'ValkeyPassword', {
    description: 'What the servers say to Valkey',
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
  });
  const subnets = new CfnSubnetGroup(scope, 'ValkeySubnets', {
    description: 'Where nothing comes in from outside',
    subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
  });
  const group = new CfnReplicationGroup(scope, 'Valkey', {
    replicationGroupDescription: 'Bells between the servers, and counts of rate limits',
    engine: 'valkey',
    engineVersion: '8.0',
    cacheNodeType: 'cache.t4g.micro',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    cacheSubnetGroupName: subnets.ref,
    securityGroupIds: [groups.valkey.securityGroupId],
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    atRestEncryptionEnabled: true,
    authToken: password.secretValue.unsafeUnwrap(), // a reference that AWS resolves: the template never holds it
    snapshotRetentionLimit: 0,
    autoMinorVersionUpgrade: true,
  });
  return { group, password };
}
