import type { Conversation, Pin as Pinned } from '@koreromai/contract';
import { A } from '@solidjs/router';
import Pin from 'lucide-solid/icons/pin';
import PinOff from 'lucide-solid/icons/pin-off';
import { createMemo, Show } from 'solid-js';
import { messageHref } from '../conversations/paths.ts';
import { useClient, useMe, useState } from '../session/session.tsx';
import { plainWords } from '../text/plain.ts';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createCommand } from '../ui/command.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { mayPin } from './rights.ts';
import './pins.css';
import { t } from './words.ts';

const words = (pin: Pinned) => plainWords(pin.message.text);
const calendar = makeCalendar(undefined);

/** What everybody in a chat keeps at hand, the newest pin first; each leads to where it was said (UI39). */
export function Pins(props: { conversation: Conversation }) {
  const client = useClient();
  const me = useMe();
  const now = createNow();
  const timeline = useState((state) => state.timelines[props.conversation.id]);
  // Asked anew when a pin comes or goes among the messages that are held.
  const known = createMemo(() => (timeline()?.messages ?? []).flatMap((message) => (message.pinned ? [message.id] : [])).join());
  const pins = createPaged(
    () => [props.conversation.id, known()] as const,
    ([conversationId], cursor) => client.api.pins.list.query({ conversationId, cursor, limit: 20 }),
  );
  const removing = createCommand(async (pin: Pinned) => {
    await client.api.pins.remove.mutate({ messageId: pin.message.id });
    pins.change((held) => held.filter((each) => each.message.id !== pin.message.id));
  });
  return (
    <PagedList
      of={pins}
      by={(pin) => pin.message.id}
      label={t('loadingPins')}
      class="pins"
      empty={
        <Blank icon={<Pin size={28} />} title={t('noPins')}>
          <p>{t('noPinsHint')}</p>
        </Blank>
      }
    >
      {(pin) => (
        <li class="pin">
          <A class="pin-link" href={messageHref(pin().message)}>
            <span class="pin-by">
              <bdi>{pin().message.author.name}</bdi>
              <time datetime={pin().message.createdAt} title={calendar.full(pin().message.createdAt)}>
                {calendar.brief(pin().message.createdAt, now())}
              </time>
            </span>
            <span class="pin-text" dir="auto">
              {words(pin()) || t('pictureOrVideo')}
            </span>
            <span class="pin-note">{t('pinnedBy', pin().pinnedBy.name)}</span>
          </A>
          <Show when={mayPin(props.conversation, me())}>
            <IconButton label={t('takeOffPin', words(pin()).slice(0, 60) || t('pictureOrVideo'))} onClick={() => void removing.run(pin())}>
              <PinOff size={18} aria-hidden="true" />
            </IconButton>
          </Show>
        </li>
      )}
    </PagedList>
  );
}
