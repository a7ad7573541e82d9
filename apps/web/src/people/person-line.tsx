import type { User } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { type ParentProps, Show } from 'solid-js';
import { Avatar } from './avatar.tsx';
import { PresenceDot } from './presence.tsx';
import './person-line.css';
import { t } from './words.ts';

/** One person in a list: picture, name that leads to their profile, handle or a note, and what can be done. */
export function PersonLine(props: ParentProps<{ user: User; note?: string | undefined; me?: boolean }>) {
  return (
    <>
      <Avatar id={props.user.id} name={props.user.name} picture={props.user.avatarUrl} />
      <PresenceDot userId={props.user.id} />
      <span class="member-names">
        <A class="member-name member-link" href={`/people/${props.user.id}`}>
          <bdi>{props.user.name}</bdi>
          <Show when={props.me}> {t('meMark')}</Show>
          <Show when={props.user.bot}>
            {' '}
            <span class="tag">{t('bot')}</span>
          </Show>
        </A>
        <span class="member-handle">{props.note ?? `@${props.user.username}`}</span>
      </span>
      {props.children}
    </>
  );
}
