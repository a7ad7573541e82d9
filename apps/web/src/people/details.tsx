import type { Conversation } from '@koreromai/contract';
import { A } from '@solidjs/router';
import Search from 'lucide-solid/icons/search';
import { For, Show } from 'solid-js';
import { ConversationAvatar } from '../conversations/conversation-avatar.tsx';
import { titleOf } from '../conversations/naming.ts';
import { Webhooks } from '../integrations/webhooks.tsx';
import { dateFormat } from '../language/dates.ts';
import { useMe } from '../session/session.tsx';
import { Keyed } from '../ui/keyed.tsx';
import { AddPeople } from './add-people.tsx';
import { AddPolicyChoice } from './add-policy.tsx';
import { LeaveGroup } from './leave-group.tsx';
import { MemberRow } from './member-row.tsx';
import { Notify } from './notify.tsx';
import { PendingSeat } from './pending-seat.tsx';
import { askPresence } from './presence.tsx';
import { PutAway } from './put-away.tsx';
import { RenameGroup } from './rename-group.tsx';
import { managesGroup } from './rights.ts';
import { SeatCounter } from './seat-counter.tsx';
import { t } from './words.ts';

const longDate = dateFormat({ dateStyle: 'long' }, undefined);

export function Details(props: { conversation: Conversation }) {
  const me = useMe();
  askPresence(() => props.conversation.members.map((member) => member.user.id).filter((id) => id !== me().id));
  const group = () => props.conversation.kind === 'group';
  const owner = () => group() && props.conversation.myRole === 'owner';
  const invitedByOthers = () => props.conversation.seats - props.conversation.members.length - props.conversation.pending.length;
  const born = () => longDate(new Date(props.conversation.createdAt));
  return (
    <div class="details">
      <div class="details-who">
        <ConversationAvatar conversation={props.conversation} meId={me().id} size="large" />
        <p class="details-title">
          <bdi>{titleOf(props.conversation, me().id)}</bdi>
        </p>
        <p class="details-born">
          {group() ? t('groupSince') : t('directSince')} <time datetime={props.conversation.createdAt}>{born()}</time>
        </p>
        <Show when={managesGroup(props.conversation)}>
          <RenameGroup conversation={props.conversation} />
        </Show>
        <A class="button button-quiet" href={`/search?in=${props.conversation.id}`}>
          <Search size={16} aria-hidden="true" />
          {t('searchHere')}
        </A>
      </div>

      <section class="details-part" aria-labelledby="members-title">
        <div class="details-part-head">
          <h3 id="members-title">{group() ? t('members') : t('people')}</h3>
          <Show when={group()}>
            <SeatCounter seats={props.conversation.seats} />
          </Show>
        </div>
        <ul class="details-list">
          <Keyed each={props.conversation.members} by={(member) => member.user.id}>
            {(member) => <MemberRow member={member()} conversation={props.conversation} />}
          </Keyed>
        </ul>
        <Show when={managesGroup(props.conversation)}>
          <AddPeople conversation={props.conversation} />
        </Show>
        <Show when={owner()}>
          <AddPolicyChoice conversation={props.conversation} />
        </Show>
      </section>

      <Show when={props.conversation.pending.length > 0 || invitedByOthers() > 0}>
        <section class="details-part" aria-labelledby="invited-title">
          <h3 id="invited-title">{t('invited')}</h3>
          <ul class="details-list details-pending">
            <For each={props.conversation.pending}>{(pending) => <PendingSeat pending={pending} />}</For>
          </ul>
          <Show when={invitedByOthers() > 0}>
            <p class="field-hint">{t('seatsKept', invitedByOthers())}</p>
          </Show>
        </section>
      </Show>

      <Webhooks conversation={props.conversation} />
      <Notify conversation={props.conversation} />
      <PutAway conversation={props.conversation} />
      <Show when={group()}>
        <LeaveGroup conversation={props.conversation} />
      </Show>
    </div>
  );
}
