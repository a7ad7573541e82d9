import type { Message } from '@koreromai/contract';
import { A } from '@solidjs/router';
import Film from 'lucide-solid/icons/film';
import Images from 'lucide-solid/icons/images';
import { Show } from 'solid-js';
import { isVideo } from '../attachments/viewed.ts';
import { messageHref } from '../conversations/paths.ts';
import { useClient, useState } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import './media.css';
import { t } from './words.ts';

const calendar = makeCalendar(undefined);
const filesOf = (messages: readonly Message[]) => messages.flatMap((message) => message.attachments.map((file) => ({ file, message })));

/** The pictures and videos of a chat, the newest first; each leads to where it was sent (UI39). */
export function Media(props: { conversationId: string }) {
  const client = useClient();
  const last = useState(
    (state) => state.timelines[props.conversationId]?.messages.findLast((message) => message.attachments.length > 0)?.id,
  );
  const found = createPaged(
    () => [props.conversationId, last()] as const,
    async ([id], cursor) => {
      const page = await client.api.search.messages.query({ in: id, has: 'attachment', cursor, limit: 30 });
      return { ...page, items: filesOf(page.items) };
    },
  );
  return (
    <PagedList
      of={found}
      by={({ file }) => file.id}
      label={t('loadingMedia')}
      class="media"
      empty={
        <Blank icon={<Images size={28} />} title={t('noMedia')}>
          <p>{t('noMediaHint')}</p>
        </Blank>
      }
    >
      {(item) => (
        <li class="media-item">
          <A
            class="media-link"
            href={messageHref(item().message)}
            aria-label={t(
              isVideo(item().file) ? 'videoOf' : 'pictureOf',
              item().file.name,
              item().message.author.name,
              calendar.full(item().message.createdAt),
            )}
          >
            <Show
              when={item().file.thumbnail ?? (isVideo(item().file) ? undefined : item().file)}
              fallback={<Film size={24} aria-hidden="true" />}
            >
              {(shown) => <img src={shown().url} alt="" loading="lazy" decoding="async" />}
            </Show>
            <Show when={isVideo(item().file)}>
              <Film class="media-sign" size={18} aria-hidden="true" />
            </Show>
          </A>
        </li>
      )}
    </PagedList>
  );
}
