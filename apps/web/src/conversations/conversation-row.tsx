import { type OutboxEntry, shownUnread } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import type { Calendar } from '../timeline/calendar.ts';
import { ConversationAvatar } from './conversation-avatar.tsx';
import { titleOf } from './naming.ts';
import './conversation-row.css';
import { t } from './words.ts';

interface RowProps {
  conversation: Conversation;
  meId: string;
  href: string;
  current: boolean;
  /** In the tab order; the others are reached with the arrow keys. */
  reachable: boolean;
  draft: string;
  /** Something to it did not go out: refused, or waiting for the connection. */
  unsent: OutboxEntry['status'] | undefined;
  calendar: Calendar;
  now: number;
}

export function ConversationRow(props: RowProps) {
  const title = () => titleOf(props.conversation, props.meId);
  const activity = () => props.conversation.lastMessage?.createdAt ?? props.conversation.createdAt;
  const unread = () => (props.current ? '' : shownUnread(props.conversation.unreadCount));
  return (
    <A
      href={props.href}
      class="row"
      classList={{ 'row-current': props.current, 'row-unread': unread() !== '' }}
      aria-current={props.current ? 'page' : undefined}
      tabindex={props.reachable ? 0 : -1}
      data-conversation={props.conversation.id}
    >
      <ConversationAvatar conversation={props.conversation} meId={props.meId} />
      <span class="row-name">
        <bdi>{title()}</bdi>
      </span>
      <time class="row-time" datetime={activity()}>
        {props.calendar.brief(activity(), props.now)}
      </time>
      <span class="row-preview" dir="auto">
        <Preview conversation={props.conversation} meId={props.meId} draft={props.current ? '' : props.draft} unsent={props.unsent} />
      </span>
      <Show when={unread() !== ''}>
        <span class="row-badge">
          {unread()}
          <span class="quiet"> {t('unread')}</span>
        </span>
      </Show>
    </A>
  );
}

function Preview(props: { conversation: Conversation; meId: string; draft: string; unsent: OutboxEntry['status'] | undefined }) {
  const last = () => props.conversation.lastMessage;
  const speaker = () => {
    const author = last()?.author;
    if (author === undefined) return '';
    if (author.id === props.meId) return `${t('you')}: `;
    return props.conversation.kind === 'direct' ? '' : `${author.name}: `;
  };
  return (
    <Switch fallback={t('noMessages')}>
      <Match when={props.unsent === 'failed'}>
        <span class="row-unsent">{t('notSent')}</span>
      </Match>
      <Match when={props.unsent}>{t('waiting')}</Match>
      <Match when={props.draft.trim() !== ''}>
        <span class="row-draft">{t('draft')}</span> {props.draft}
      </Match>
      <Match when={last()?.deleted}>{t('messageDeleted')}</Match>
      <Match when={last()}>
        <bdi>{speaker()}</bdi>
        {last()?.text || (last()?.attachments.length ? t('pictureOrVideo') : '')}
      </Match>
    </Switch>
  );
}
