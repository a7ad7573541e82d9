import type { Conversation, NotifyLevel } from '@koreromai/contract';
import { createUniqueId } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { createNow } from '../ui/clock.ts';
import { Select } from '../ui/select.tsx';
import { createWish } from '../ui/wish.ts';
import { FOREVER, notify } from './chat-verbs.ts';
import { t } from './words.ts';

const levels = [
  { value: 'all', text: 'everyMessage' },
  { value: 'mentions', text: 'whenMentioned' },
  { value: 'none', text: 'nothing' },
] as const satisfies readonly { value: NotifyLevel; text: string }[];
const HOUR = 3_600_000;
const spans = { off: 0, hour: HOUR, hours: 8 * HOUR, day: 24 * HOUR, forever: Number.POSITIVE_INFINITY, still: Number.NaN } as const;
type Span = keyof typeof spans;

const calendar = makeCalendar(undefined);

/** What one is told of in a chat, and for how long not. */
export function Notify(props: { conversation: Conversation }) {
  const client = useClient();
  const now = createNow();
  const id = createUniqueId();
  const { shown, choose } = createWish(
    () => props.conversation.notifications,
    (wish) => notify(client, props.conversation.id, wish),
  );
  const until = () => Date.parse(shown().mutedUntil ?? '1970-01-01');
  const muted = (): Span => (until() <= now() ? 'off' : until() >= FOREVER ? 'forever' : 'still');
  const choices = (): { value: Span; text: string }[] => [
    { value: 'off', text: t('notMuted') },
    ...(muted() === 'still' ? [{ value: 'still' as const, text: t('mutedUntil', calendar.brief(shown().mutedUntil ?? '', now())) }] : []),
    { value: 'hour', text: t('forHour') },
    { value: 'hours', text: t('forEightHours') },
    { value: 'day', text: t('forDay') },
    { value: 'forever', text: t('untilOff') },
  ];
  const mute = (span: Span) => {
    if (span === 'still') return;
    const mutedUntil = span === 'off' ? null : new Date(Math.min(FOREVER, Date.now() + spans[span])).toISOString();
    void choose({ mutedUntil });
  };
  return (
    <section class="details-part" aria-labelledby={id}>
      <h3 id={id}>{t('notifications')}</h3>
      <Select
        label={t('tellMeOf')}
        value={shown().level}
        options={levels.map(({ value, text }) => ({ value, text: t(text) }))}
        onChoose={(level) => void choose({ level })}
      />
      <Select label={t('mute')} value={muted()} options={choices()} onChoose={mute} />
    </section>
  );
}
