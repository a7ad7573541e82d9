import { Aws, Duration } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  type Cluster,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LinuxParameters,
  LogDriver,
  OperatingSystemFamily,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { type Network, serverPort } from './network.ts';
import type { Secrets } from './secrets.ts';

export interface Parts extends Network {
  readonly settings: Settings;
  readonly cluster: Cluster;
  readonly files: Bucket;
  readonly secrets: Secrets;
  readonly log: LogGroup;
  /** The folder of the repository, which the image is built of. */
  readonly repository: string;
}

const dataDir = '/data';
const look = (path: string) =>
  `fetch('http://127.0.0.1:${serverPort}${path}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;

/** One server: the small image, nothing writable but its folder, and the rights to its bucket. */
export function createTask(scope: Construct, parts: Parts): FargateTaskDefinition {
  const task = new FargateTaskDefinition(scope, 'Task', {
    cpu: 1024,
    memoryLimitMiB: 2048,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.X86_64, operatingSystemFamily: OperatingSystemFamily.LINUX },
    volumes: [{ name: 'data' }], // the task's own, gone with it: uploads under way, and the socket of the command line
  });
  const server = task.addContainer('server', {
    image: ContainerImage.fromAsset(parts.repository, { target: 'app', platform: Platform.LINUX_AMD64, exclude: ['infra', '.git'] }),
    environment: environment(parts),
    secrets: Object.fromEntries(Object.entries(parts.secrets).map(([name, secret]) => [name, Secret.fromSecretsManager(secret)])),
    portMappings: [{ containerPort: serverPort }],
    linuxParameters: new LinuxParameters(scope, 'Linux', { initProcessEnabled: true }), // Node as process 1 gathers no children
    readonlyRootFilesystem: true,
    stopTimeout: Duration.seconds(60), // SIGTERM tells everybody to come back, which takes 3 s; mails and jobs under way end first
    logging: LogDriver.awsLogs({ logGroup: parts.log, streamPrefix: 'server' }),
    // Whether the process serves: a database that is away is no reason to end it. The balancer asks /readyz.
    healthCheck: {
      command: ['CMD', 'node', '-e', look('/healthz')],
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.minutes(5),
    },
  });
  server.addMountPoints({ sourceVolume: 'data', containerPath: dataDir, readOnly: false });
  const { bucketArn } = parts.files;
  task.addToTaskRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }));
  task.addToTaskRolePolicy(
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [`${bucketArn}/*`] }),
  );
  return task;
}

/** What the server is told beside its secrets; each is a setting of `apps/server/src/env`. */
function environment({ settings, files, vpc }: Parts): Record<string, string> {
  return {
    HOST: '0.0.0.0',
    PORT: String(serverPort),
    DATA_DIR: dataDir,
    PUBLIC_URL: `https://${settings.domain}`,
    STORAGE_URL: `s3://${files.bucketName}?region=${Aws.REGION}`,
    TRUSTED_PROXIES: vpc.publicSubnets.map(({ ipv4CidrBlock }) => ipv4CidrBlock).join(','),
    ...(settings.mailFrom === null ? {} : { MAIL_FROM: settings.mailFrom }),
  };
}

/** Keeps as many servers running as are asked for, and takes back a version that does not start. */
export function createService(scope: Construct, { settings, cluster, groups }: Parts, task: FargateTaskDefinition): FargateService {
  return new FargateService(scope, 'Service', {
    cluster,
    taskDefinition: task,
    desiredCount: settings.tasks,
    securityGroups: [groups.server],
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    assignPublicIp: false,
    // A start may bring the schema up to date, and older servers must not write meanwhile (docs/operations.md): all stop, then the new ones start.
    minHealthyPercent: settings.rolling ? 100 : 0,
    maxHealthyPercent: settings.rolling ? 200 : 100,
    circuitBreaker: { enable: true, rollback: true },
    healthCheckGracePeriod: Duration.minutes(15), // of a start that migrates a large database
    enableECSManagedTags: true,
  });
}
