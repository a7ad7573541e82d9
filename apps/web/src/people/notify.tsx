import type { Conversation, NotifyLevel } from '@koreromai/contract';
import { createUniqueId } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { createNow } from '../ui/clock.ts';
import { createCommand } from '../ui/command.ts';
import { Select } from '../ui/select.tsx';

const levels: { value: NotifyLevel; text: string }[] = [
  { value: 'all', text: 'Every message' },
  { value: 'mentions', text: 'When I am mentioned' },
  { value: 'none', text: 'Nothing' },
];
const HOUR = 3_600_000;
/** Further off than anybody's patience: how "until I turn it off" is written in a date. */
const FOREVER = Date.UTC(9999, 0, 1);
const spans = { off: 0, hour: HOUR, hours: 8 * HOUR, day: 24 * HOUR, forever: Number.POSITIVE_INFINITY, still: Number.NaN } as const;
type Span = keyof typeof spans;

const calendar = makeCalendar(undefined);

/** What one is told of in a chat, and for how long not. */
export function Notify(props: { conversation: Conversation }) {
  const client = useClient();
  const now = createNow();
  const id = createUniqueId();
  const { run } = createCommand((level: NotifyLevel, mutedUntil: string | null) =>
    client.api.conversations.notify.mutate({ conversationId: props.conversation.id, level, mutedUntil }),
  );
  const held = () => props.conversation.notifications;
  const until = () => (held().mutedUntil === null ? 0 : Date.parse(held().mutedUntil ?? ''));
  const muted = (): Span => (until() <= now() ? 'off' : until() >= FOREVER ? 'forever' : 'still');
  const choices = (): { value: Span; text: string }[] => [
    { value: 'off', text: 'Not muted' },
    ...(muted() === 'still' ? [{ value: 'still' as const, text: `Muted until ${calendar.brief(held().mutedUntil ?? '', now())}` }] : []),
    { value: 'hour', text: 'For an hour' },
    { value: 'hours', text: 'For eight hours' },
    { value: 'day', text: 'For a day' },
    { value: 'forever', text: 'Until I turn it off' },
  ];
  const mute = (span: Span) => {
    if (span === 'still') return;
    const end = span === 'off' ? null : new Date(Math.min(FOREVER, Date.now() + spans[span])).toISOString();
    void run(held().level, end);
  };
  return (
    <section class="details-part" aria-labelledby={id}>
      <h3 id={id}>Notifications</h3>
      <Select label="Tell me of" value={held().level} options={levels} onChoose={(level) => void run(level, held().mutedUntil)} />
      <Select label="Mute" value={muted()} options={choices()} onChoose={mute} />
    </section>
  );
}
