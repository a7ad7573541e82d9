import Clock from 'lucide-solid/icons/clock';
import Pin from 'lucide-solid/icons/pin';
import { Show } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { Toolbar } from '../actions/toolbar.tsx';
import { Avatar } from '../people/avatar.tsx';
import { Reactions } from '../reactions/reactions.tsx';
import { useClient } from '../session/session.tsx';
import type { Bubble } from './bubbles.ts';
import type { Calendar } from './calendar.ts';
import { FailedSend } from './failed-send.tsx';
import { MessageBody } from './message-body.tsx';
import { ReadMark } from './read-mark.tsx';
import '../people/person-line.css';
import './message-row.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

interface MessageRowProps {
  bubble: Bubble;
  head: boolean;
  tail: boolean;
  /** In a group the author is named; in a direct chat the side says enough. */
  named: boolean;
  /** The newest of one's own messages: it says that it arrived, and who has read it. */
  confirm: boolean;
  calendar: Calendar;
}

export function MessageRow(props: MessageRowProps) {
  const talk = useTalk();
  const client = useClient();
  const waits = () => props.bubble.status === 'queued' || props.bubble.status === 'sending';
  const stored = () => (props.bubble.message?.deleted ? null : props.bubble.message);
  return (
    <li
      class="message"
      classList={{
        'message-own': props.bubble.mine,
        'message-head': props.head,
        'message-tail': props.tail,
        'message-named': props.named,
        'message-failed': props.bubble.status === 'failed',
      }}
      tabindex="-1"
      data-message={props.bubble.id}
      data-seq={props.bubble.seq}
      data-status={props.bubble.status}
    >
      <Show when={props.head && props.named && !props.bubble.mine}>
        <Avatar id={props.bubble.authorId} name={props.bubble.authorName} size="small" />
      </Show>
      <p class={props.head ? 'message-by' : 'quiet'}>
        <bdi class={props.named && !props.bubble.mine ? 'message-author' : 'quiet'}>
          {props.bubble.mine ? t('you') : props.bubble.authorName}
        </bdi>{' '}
        <Show when={props.head && props.bubble.byBot}>
          <span class="tag">{t('bot')}</span>{' '}
        </Show>
        <time datetime={props.bubble.createdAt} title={props.calendar.full(props.bubble.createdAt)}>
          {props.calendar.time(props.bubble.createdAt)}
        </time>
      </p>
      <div class="message-line">
        <MessageBody bubble={props.bubble} />
        <Show when={stored()?.pinned}>
          <span class="message-waits" title={t('pinned')}>
            <Pin size={14} aria-hidden="true" />
            <span class="quiet">{t('pinned')}</span>
          </span>
        </Show>
        <Show when={waits()}>
          <span class="message-waits" title={props.bubble.status === 'queued' ? t('waiting') : t('sending')}>
            <Clock size={14} aria-hidden="true" />
            <span class="quiet">{props.bubble.status === 'queued' ? t('waiting') : t('sending')}</span>
          </span>
        </Show>
        <Show when={props.bubble.status === 'queued'}>
          <button type="button" class="message-cancel" aria-label={t('cancelSending')} onClick={() => client.discard(props.bubble.id)}>
            {t('cancel')}
          </button>
        </Show>
        <Show when={talk.isActive(props.bubble.id) && stored()}>{(message) => <Toolbar message={message()} />}</Show>
      </div>
      <Show when={stored()}>{(message) => <Reactions message={message()} />}</Show>
      <Show when={props.bubble.status === 'failed'}>
        <FailedSend id={props.bubble.id} reason={props.bubble.error === null ? t('notSentWhy') : reasonOf(props.bubble.error)} />
      </Show>
      <Show when={props.confirm && props.bubble.message}>{(message) => <ReadMark message={message()} />}</Show>
    </li>
  );
}
