import { SecretValue } from 'aws-cdk-lib';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { databaseName } from './database.ts';
import type { Valkey } from './valkey.ts';

/** Every setting of the server that holds a secret, by the name of its variable. */
export type Secrets = Readonly<Record<string, ISecret>>;

/**
 * The URLs with passwords in them are secrets themselves. They are put together by AWS when it deploys: neither the template nor
 * whoever deploys sees a password.
 */
export function createSecrets(scope: Construct, database: DatabaseInstance, { group, password }: Valkey, settings: Settings): Secrets {
  const made = (name: string, description: string, url: string) =>
    new Secret(scope, name, { description, secretStringValue: SecretValue.unsafePlainText(url) });
  const mysqlPassword = database.secret?.secretValueFromJson('password').unsafeUnwrap() ?? '';
  const { attrPrimaryEndPointAddress: host, attrPrimaryEndPointPort: port } = group;
  return {
    DATABASE_URL: made(
      'DatabaseUrl',
      'DATABASE_URL of the servers',
      `mysql://koreromai:${mysqlPassword}@${database.dbInstanceEndpointAddress}:3306/${databaseName}?ssl=Amazon%20RDS`,
    ),
    REDIS_URL: made('ValkeyUrl', 'REDIS_URL of the servers', `rediss://:${password.secretValue.unsafeUnwrap()}@${host}:${port}`),
    METRICS_TOKEN: new Secret(scope, 'MetricsToken', {
      description: 'Who shows it may read /metrics',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    }),
    ...(settings.smtpSecret === null ? {} : { SMTP_URL: Secret.fromSecretNameV2(scope, 'SmtpUrl', settings.smtpSecret) }),
  };
}
