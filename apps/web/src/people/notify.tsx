import type { Conversation, NotifyLevel } from '@koreromai/contract';
import { createUniqueId } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { createNow } from '../ui/clock.ts';
import { Select } from '../ui/select.tsx';
import { createWish } from '../ui/wish.ts';
import { FOREVER, notify } from './chat-verbs.ts';
import { type MuteSpan, mutedUntil, muteSpans, spanText } from './muting.ts';
import { t } from './words.ts';

const levels = [
  { value: 'all', text: 'everyMessage' },
  { value: 'mentions', text: 'whenMentioned' },
  { value: 'none', text: 'nothing' },
] as const satisfies readonly { value: NotifyLevel; text: string }[];
/** `still`: muted already, for as long as it lasts. */
type Choice = 'off' | 'still' | MuteSpan;

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
  const muted = (): Choice => (until() <= now() ? 'off' : until() >= FOREVER ? 'forever' : 'still');
  const end = () => {
    const day = calendar.dayOf(until());
    return day === calendar.dayOf(now()) ? calendar.time(until()) : `${calendar.dayName(day, now())}, ${calendar.time(until())}`;
  };
  const choices = (): { value: Choice; text: string }[] => [
    { value: 'off', text: t('notMuted') },
    ...(muted() === 'still' ? [{ value: 'still' as const, text: t('mutedUntil', end()) }] : []),
    ...muteSpans.map((span) => ({ value: span, text: spanText(span) })),
  ];
  const mute = (choice: Choice) => {
    if (choice !== 'still') void choose({ mutedUntil: choice === 'off' ? null : mutedUntil(choice, Date.now()) });
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
