import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { createApp } from '../create-app.ts';

export const repository = join(import.meta.dirname, '../../..');
export const source = (path: string) => readFileSync(join(repository, path), 'utf8');

export const byCertificate = { domain: 'chat.example.org', certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1' };

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const made = new Map<string, ReturnType<typeof synthesiseAnew>>();

/** The template of these settings. The folders it is written to go with the process. */
export function synthesise(context: Readonly<Record<string, string>> = byCertificate) {
  const key = JSON.stringify(context);
  const found = made.get(key) ?? synthesiseAnew(context);
  made.set(key, found);
  return found;
}

function synthesiseAnew(context: Readonly<Record<string, string>>) {
  const outdir = mkdtempSync(join(tmpdir(), 'koreromai-cdk-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  const app = createApp({ context, outdir });
  const template = Template.fromStack(app.node.findChild('KoreroMai') as never);
  const json = template.toJSON() as { Resources: Record<string, Resource>; Outputs: Record<string, object> };
  const resources = Object.entries(json.Resources);
  return {
    template,
    outdir,
    outputs: json.Outputs,
    text: JSON.stringify(json),
    resources,
    of: (type: string) => resources.filter(([, { Type }]) => Type === type).map(([, resource]) => resource),
  };
}

/** A property as the deployed thing would see it, with a name in place of every reference and a password in place of every secret. */
export function resolved(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/\{\{resolve:secretsmanager:.*?\}\}/g, 'PASSWORD');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Fn::Join' in value) {
    const [between, parts] = value['Fn::Join'] as [string, unknown[]];
    const whole = parts.map((part) => (typeof part === 'string' ? part : resolved(part))).join(between);
    return resolved(whole);
  }
  if ('Ref' in value && value.Ref === 'AWS::Region') return 'eu-central-1';
  if ('Fn::GetAtt' in value && String(value['Fn::GetAtt']).endsWith('.Port')) return '6379';
  return 'stand-in';
}
