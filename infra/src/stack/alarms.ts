import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { HttpCodeElb, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Balancer } from './balancer.ts';
import { figures } from './collector.ts';
import type { Valkey } from './valkey.ts';

export interface Watched extends Balancer {
  readonly service: FargateService;
  readonly database: DatabaseInstance;
  readonly valkey: Valkey;
  readonly log: LogGroup;
}

/** One figure and from where on somebody is called: `for` minutes in a row. Names say what is wrong. */
interface Watch {
  readonly name: string;
  readonly metric: IMetric;
  readonly above?: number;
  readonly below?: number;
  readonly for: number;
  /** What silence means: nothing unless said. */
  readonly silence?: TreatMissingData;
}

const gib = 2 ** 30;
const minute = Duration.minutes(1);
const summed = { period: minute, statistic: Stats.SUM };
const highest = { period: minute, statistic: Stats.MAXIMUM };
const mean = { period: minute, statistic: Stats.AVERAGE };

/** Everything that calls somebody, on one topic. */
export function createAlarms(scope: Construct, watched: Watched, email: string | null): Topic {
  const topic = new Topic(scope, 'Alarms', { enforceSSL: true });
  if (email !== null) topic.addSubscription(new EmailSubscription(email));
  for (const { name, metric, above, below, for: minutes, silence } of watches(scope, watched)) {
    const alarm = new Alarm(scope, name, {
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator: above === undefined ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: minutes,
      treatMissingData: silence ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
  return topic;
}

function watches(scope: Construct, { balancer, targets, service, database, valkey, log }: Watched): Watch[] {
  const ofValkey = (metricName: string) =>
    new Metric({ namespace: 'AWS/ElastiCache', metricName, dimensionsMap: { ReplicationGroupId: valkey.group.ref }, ...highest });
  const own = (metricName: string) => new Metric({ namespace: figures.namespace, metricName, ...highest });
  const errors = new MetricFilter(scope, 'Errors', {
    logGroup: log,
    filterPattern: FilterPattern.numberValue('$.level', '>=', 50), // what the rules do not expect
    metricNamespace: figures.namespace,
    metricName: 'unexpected_errors',
  });
  return [
    { name: 'ServersAnswerWith5xx', metric: targets.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, summed), above: 10, for: 5 },
    { name: 'BalancerAnswersWith5xx', metric: balancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, summed), above: 10, for: 5 },
    { name: 'AServerIsNotReady', metric: targets.metrics.unhealthyHostCount(highest), above: 0, for: 5 },
    { name: 'NoServerIsReady', metric: targets.metrics.healthyHostCount(highest), below: 1, for: 2, silence: TreatMissingData.BREACHING },
    { name: 'ServersAreBusy', metric: service.metricCpuUtilization(mean), above: 80, for: 10 },
    { name: 'ServersAreFull', metric: service.metricMemoryUtilization(highest), above: 85, for: 10 },
    { name: 'EventLoopsStand', metric: own(figures.eventLoopLag), above: 0.25, for: 5 },
    { name: 'UnexpectedErrors', metric: errors.metric(summed), above: 0, for: 1 },
    { name: 'DatabaseIsBusy', metric: database.metricCPUUtilization(mean), above: 80, for: 10 },
    {
      name: 'DatabaseIsNearlyFull',
      metric: database.metricFreeStorageSpace(mean),
      below: 10 * gib,
      for: 5,
      silence: TreatMissingData.BREACHING,
    },
    { name: 'DatabaseHasManyConnections', metric: database.metricDatabaseConnections(highest), above: 250, for: 5 },
    { name: 'ValkeyIsBusy', metric: ofValkey('EngineCPUUtilization'), above: 80, for: 10 },
    { name: 'ValkeyIsNearlyFull', metric: ofValkey('DatabaseMemoryUsagePercentage'), above: 80, for: 5 },
  ];
}
