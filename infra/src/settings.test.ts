import { App } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const zone = { hostedZoneId: 'Z123', hostedZoneName: 'example.org' };
const read = (context: Record<string, string>) => readSettings(new App({ context }).node);

test('a name and a zone are enough: two servers, nobody told of alarms, all stopped before new ones start', () => {
  expect(read({ domain: 'chat.example.org', ...zone })).toEqual({
    domain: 'chat.example.org',
    reached: { zoneId: 'Z123', zoneName: 'example.org' },
    tasks: 2,
    smtpSecret: null,
    mailFrom: null,
    alarmEmail: null,
    rolling: false,
  });
});

test.for([
  [{ ...zone }, '-c domain='],
  [{ domain: 'https://chat.example.org', ...zone }, '-c domain='],
  [{ domain: 'localhost', ...zone }, '-c domain='],
  [{ domain: 'chat.example.org' }, '-c certificateArn='],
  [{ domain: 'chat.example.org', hostedZoneId: 'Z123' }, '-c hostedZoneName='],
  [{ domain: 'chat.example.org', ...zone, certificateArn: 'arn:aws:acm:x' }, '-c certificateArn='],
  [{ domain: 'chat.example.org', ...zone, tasks: '1' }, '-c tasks='],
  [{ domain: 'chat.example.org', ...zone, tasks: 'many' }, '-c tasks='],
  [{ domain: 'chat.example.org', ...zone, rolling: 'yes' }, '-c rolling='],
] as const)('%j is refused in a sentence with what would do', ([context, hint]) => {
  expect(() => read(context)).toThrow(hint);
});
