import type { Message } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { titleOf } from '../conversations/naming.ts';
import { messageHref } from '../conversations/paths.ts';
import { Avatar } from '../people/avatar.tsx';
import { useConversation, useMe } from '../session/session.tsx';
import { plainWords } from '../text/plain.ts';
import { makeCalendar } from '../timeline/calendar.ts';
import { foundIn } from './terms.ts';
import { t } from './words.ts';

const calendar = makeCalendar(undefined);

/** One find: who said it, where and when, its words marked. Leads to it where it was said. */
export function FoundMessage(props: { message: Message; words: readonly string[]; now: number }) {
  const me = useMe();
  const conversation = useConversation(() => props.message.conversationId);
  const where = () => {
    const held = conversation();
    return held === undefined ? undefined : titleOf(held, me().id);
  };
  const text = () => props.message.text ?? '';
  const runs = createMemo(() => foundIn(text(), plainWords(text()), props.words));
  return (
    <li class="find">
      <Avatar id={props.message.author.id} name={props.message.author.name} picture={props.message.author.avatarUrl} />
      <div class="find-text">
        <p class="find-by">
          <A class="find-link" href={messageHref(props.message)}>
            <bdi>{props.message.author.name}</bdi>
            <Show when={where()}>
              {' '}
              <span class="find-where">
                {t('inChat')} <bdi>{where()}</bdi>
              </span>
            </Show>
          </A>
          <time datetime={props.message.createdAt} title={calendar.full(props.message.createdAt)}>
            {calendar.brief(props.message.createdAt, props.now)}
          </time>
        </p>
        <p class="find-words" dir="auto">
          <For each={runs()}>
            {(run) => (
              <Show when={run.found} fallback={run.text}>
                <mark>{run.text}</mark>
              </Show>
            )}
          </For>
        </p>
        <Show when={props.message.attachments.length > 0}>
          <p class="find-files">{props.message.attachments.map((file) => file.name).join(', ')}</p>
        </Show>
      </div>
    </li>
  );
}
