import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  CaCertificate,
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  MysqlEngineVersion,
  ParameterGroup,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { Network } from './network.ts';

export const databaseName = 'koreromai';

/** What a password in a URL would have to be written differently for. */
export const notInUrls = ' %+~`#$&*()|[]{}:;<>?!\'/@"\\^=,._-';

const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_10 });

/** What the server relies on, said rather than trusted: a commit that was answered is on two disks; ā and a stay apart in every key. */
const parameters = {
  character_set_server: 'utf8mb4',
  collation_server: 'utf8mb4_bin',
  innodb_flush_log_at_trx_commit: '1',
  sync_binlog: '1',
  sql_mode: 'STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO',
  transaction_isolation: 'READ-COMMITTED',
  require_secure_transport: '1',
  time_zone: 'UTC',
};

/** MySQL 8.4, in two zones, each commit in both. */
export function createDatabase(scope: Construct, { vpc, groups }: Network): DatabaseInstance {
  return new DatabaseInstance(scope, 'Database', {
    engine,
    instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [groups.database],
    publiclyAccessible: false,
    multiAz: true,
    databaseName,
    credentials: Credentials.fromGeneratedSecret('koreromai', { excludeCharacters: notInUrls }),
    parameterGroup: new ParameterGroup(scope, 'DatabaseParameters', { engine, parameters, description: 'What KoreroMai relies on' }),
    caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
    storageType: StorageType.GP3,
    allocatedStorage: 50,
    maxAllocatedStorage: 500,
    storageEncrypted: true,
    backupRetention: Duration.days(14),
    copyTagsToSnapshot: true,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.SNAPSHOT,
    autoMinorVersionUpgrade: true,
    preferredBackupWindow: '14:00-15:00',
    preferredMaintenanceWindow: 'sun:15:30-sun:16:30',
    cloudwatchLogsExports: ['error', 'slowquery'],
  });
}
