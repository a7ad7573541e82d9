import type { Node } from 'constructs';

/** What whoever deploys says, each with `-c name=value`. */
export interface Settings {
  /** The name people type, without a scheme. */
  readonly domain: string;
  /** The zone in Route 53 that gets the name and the certificate's proof, or the certificate alone and a name that is pointed by hand. */
  readonly reached: { readonly zoneId: string; readonly zoneName: string } | { readonly certificateArn: string };
  /** Servers at a time. */
  readonly tasks: number;
  /** The name of a secret that holds the whole SMTP_URL; null writes mails into files that nobody reads. */
  readonly smtpSecret: string | null;
  readonly mailFrom: string | null;
  /** Who is told when something is wrong; null tells the topic alone. */
  readonly alarmEmail: string | null;
  /** Whether a new version starts beside the old one. Only for versions that bring no migration: see README. */
  readonly rolling: boolean;
}

const known = ['domain', 'hostedZoneId', 'hostedZoneName', 'certificateArn', 'tasks', 'smtpSecret', 'mailFrom', 'alarmEmail', 'rolling'];

/**
 * Reads the settings from the context of the app.
 * @throws an Error of one sentence that names the setting and a value that would do
 */
export function readSettings(node: Node): Settings {
  const of = (name: (typeof known)[number]): string | null => String(node.tryGetContext(name) ?? '').trim() || null;
  const domain = of('domain');
  if (domain === null || !/^(?=.{4,253}$)([a-z0-9-]+\.)+[a-z]{2,}$/.test(domain))
    throw new Error('Say which name people will type, in small letters: -c domain=chat.example.org');
  const tasks = Number(of('tasks') ?? 2);
  if (!Number.isInteger(tasks) || tasks < 2 || tasks > 64) throw new Error('tasks must be a number from 2 to 64, e.g. -c tasks=2');
  const rolling = of('rolling') ?? 'false';
  if (rolling !== 'true' && rolling !== 'false') throw new Error('rolling must be true or false, e.g. -c rolling=true');
  const smtpSecret = of('smtpSecret');
  const mailFrom = of('mailFrom');
  return { domain, reached: reachedBy(of), tasks, smtpSecret, mailFrom, alarmEmail: of('alarmEmail'), rolling: rolling === 'true' };
}

function reachedBy(of: (name: string) => string | null): Settings['reached'] {
  const certificateArn = of('certificateArn');
  const [zoneId, zoneName] = [of('hostedZoneId'), of('hostedZoneName')];
  if (certificateArn !== null && zoneId === null && zoneName === null) return { certificateArn };
  if (certificateArn === null && zoneId !== null && zoneName !== null) return { zoneId, zoneName };
  throw new Error(
    'Say either which zone of Route 53 the name lies in, -c hostedZoneId=Z… -c hostedZoneName=example.org, or which certificate to show, -c certificateArn=arn:…',
  );
}
