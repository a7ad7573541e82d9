import { Aws, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ContainerImage, type FargateTaskDefinition, LogDriver, Secret } from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { serverPort } from './network.ts';

/** Where CloudWatch shows the figures that come from the servers themselves. */
export const figures = { namespace: 'KoreroMai', eventLoopLag: 'nodejs_eventloop_lag_p99_seconds' } as const;

/** Which of /metrics are carried over: each costs money by its name and labels. */
const carried = [
  figures.eventLoopLag,
  'process_resident_memory_bytes',
  'koreromai_connections',
  'koreromai_queued_bytes',
  'koreromai_changes_waiting',
  'koreromai_follower_behind_events',
];

/**
 * Reads /metrics beside each server once a minute and writes the chosen figures to CloudWatch, through a log group of its own. When it ends
 * the server goes on.
 */
export function addCollector(scope: Construct, task: FargateTaskDefinition, token: ISecret): void {
  const log = new LogGroup(scope, 'Figures', { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
  const collector = task.addContainer('collector', {
    image: ContainerImage.fromRegistry('public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3'),
    essential: false,
    readonlyRootFilesystem: true,
    memoryReservationMiB: 128,
    environment: { AOT_CONFIG_CONTENT: JSON.stringify(configuration(log.logGroupName)) }, // JSON is YAML too
    secrets: { METRICS_TOKEN: Secret.fromSecretsManager(token) },
    logging: LogDriver.awsLogs({ logGroup: log, streamPrefix: 'collector' }),
  });
  Validations.of(task).acknowledge({ id: 'CloudFormation-Validate::E1029', reason: 'The collector reads its token by this name itself.' });
  collector.node.addDependency(log);
  log.grantWrite(task.taskRole);
}

const configuration = (logGroup: string) => ({
  receivers: {
    prometheus: {
      config: {
        scrape_configs: [
          {
            job_name: 'koreromai',
            scrape_interval: '60s',
            authorization: { credentials: `$${'{env:METRICS_TOKEN}'}` },
            static_configs: [{ targets: [`127.0.0.1:${serverPort}`] }],
            metric_relabel_configs: [{ source_labels: ['__name__'], regex: carried.join('|'), action: 'keep' }],
          },
        ],
      },
    },
  },
  exporters: {
    awsemf: {
      region: Aws.REGION,
      namespace: figures.namespace,
      log_group_name: logGroup,
      log_stream_name: 'figures',
      dimension_rollup_option: 'NoDimensionRollup',
      metric_declarations: [{ dimensions: [[]], metric_name_selectors: carried.map((name) => `^${name}$`) }],
    },
  },
  service: { pipelines: { metrics: { receivers: ['prometheus'], exporters: ['awsemf'] } } },
});
