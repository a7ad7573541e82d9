import { join } from 'node:path';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { createAlarms } from './alarms.ts';
import { createBalancer } from './balancer.ts';
import { createBucket } from './bucket.ts';
import { addCollector } from './collector.ts';
import { createDatabase } from './database.ts';
import { createNetwork } from './network.ts';
import { createSecrets } from './secrets.ts';
import { createService, createTask } from './service.ts';
import { createValkey } from './valkey.ts';

const repository = join(import.meta.dirname, '../../..');

/** KoreroMai on AWS: several servers behind one balancer, on MySQL, Valkey and a bucket. Of no account or region until it is deployed. */
export class KoreroMaiStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, props?: StackProps) {
    super(scope, id, { terminationProtection: true, description: 'KoreroMai', ...props });
    const network = createNetwork(this);
    const database = createDatabase(this, network);
    const valkey = createValkey(this, network);
    const files = createBucket(this);
    const secrets = createSecrets(this, database, valkey, settings);
    const log = new LogGroup(this, 'Log', { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.RETAIN });
    const cluster = new Cluster(this, 'Cluster', { vpc: network.vpc, containerInsightsV2: ContainerInsights.DISABLED });
    const parts = { ...network, settings, cluster, files, secrets, log, repository };
    const task = createTask(this, parts);
    if (secrets.METRICS_TOKEN) addCollector(this, task, secrets.METRICS_TOKEN);
    const service = createService(this, parts, task);
    service.node.addDependency(database, valkey.group);
    const { balancer, targets } = createBalancer(this, network, service, settings);
    const alarms = createAlarms(this, { balancer, targets, service, database, valkey, log }, settings.alarmEmail);
    const outputs = {
      Url: `https://${settings.domain}`,
      LogGroup: log.logGroupName,
      AlarmTopic: alarms.topicArn,
      ClusterName: cluster.clusterName,
      ServiceName: service.serviceName,
      FilesBucket: files.bucketName,
      DatabaseEndpoint: database.dbInstanceEndpointAddress,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
