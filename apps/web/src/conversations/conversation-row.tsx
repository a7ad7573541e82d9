import { type OutboxEntry, shownUnread } from '@koreromai/client';
import type { Conversation } from '@koreromai/contract';
import { A } from '@solidjs/router';
import AtSign from 'lucide-solid/icons/at-sign';
import { createMemo, Match, Show, Switch } from 'solid-js';
import { isMuted } from '../people/chat-verbs.ts';
import { PresenceDot } from '../people/presence.tsx';
import { firstWords } from '../text/plain.ts';
import type { Calendar } from '../timeline/calendar.ts';
import { ConversationAvatar } from './conversation-avatar.tsx';
import { othersIn, titleOf } from './naming.ts';
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
  const companion = () => (props.conversation.kind === 'direct' ? othersIn(props.conversation, props.meId)[0]?.id : undefined);
  const activity = () => props.conversation.lastMessage?.createdAt ?? props.conversation.createdAt;
  const muted = () => isMuted(props.conversation.notifications, props.now);
  const unread = () => (props.current ? '' : shownUnread(props.conversation.unreadCount));
  return (
    <A
      href={props.href}
      class="row"
      classList={{ 'row-current': props.current, 'row-unread': unread() !== '' && (!muted() || props.conversation.mentionCount > 0) }}
      aria-current={props.current ? 'page' : undefined}
      tabindex={props.reachable ? 0 : -1}
      data-conversation={props.conversation.id}
    >
      <ConversationAvatar conversation={props.conversation} meId={props.meId} />
      <span class="row-name">
        <bdi>{title()}</bdi>
        <Show when={companion()}>{(userId) => <PresenceDot userId={userId()} />}</Show>
      </span>
      <time class="row-time" datetime={activity()}>
        {props.calendar.brief(activity(), props.now)}
      </time>
      <span class="row-preview" dir="auto">
        <Preview conversation={props.conversation} meId={props.meId} draft={props.current ? '' : props.draft} unsent={props.unsent} />
      </span>
      <Show when={unread() !== ''}>
        <span class="row-badges">
          <Show when={props.conversation.mentionCount > 0}>
            <span class="row-badge">
              <AtSign size={12} aria-hidden="true" />
              <span class="quiet">{t('namingYou', props.conversation.mentionCount)}, </span>
            </span>
          </Show>
          <span class="row-badge" classList={{ 'row-badge-muted': muted() }}>
            {unread()}
            <span class="quiet"> {t('unread')}</span>
          </span>
        </span>
      </Show>
    </A>
  );
}

function Preview(props: { conversation: Conversation; meId: string; draft: string; unsent: OutboxEntry['status'] | undefined }) {
  const last = () => props.conversation.lastMessage;
  const said = createMemo(() => firstWords(last()?.text));
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
        {said() || (last()?.attachments.length ? t('pictureOrVideo') : '')}
      </Match>
    </Switch>
  );
}
