import { FOREVER } from './chat-verbs.ts';
import { t } from './words.ts';

/** For how long a chat can be muted. */
export const muteSpans = ['hour', 'hours', 'tomorrow', 'forever'] as const;
export type MuteSpan = (typeof muteSpans)[number];

const words = { hour: 'forHour', hours: 'forEightHours', tomorrow: 'untilTomorrow', forever: 'untilOff' } as const;
export const spanText = (span: MuteSpan): string => t(words[span]);

const HOUR = 3_600_000;
const MORNING = 8;

/** When muting that begins now ends, as the server keeps it: tomorrow is 8 o'clock of the reader's next day. */
export function mutedUntil(span: MuteSpan, now: number): string {
  const until = { hour: now + HOUR, hours: now + 8 * HOUR, tomorrow: tomorrowMorning(now), forever: FOREVER }[span];
  return new Date(until).toISOString();
}

function tomorrowMorning(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING).getTime();
}
