import type { Conversation } from '@koreromai/contract';
import { Match, Switch } from 'solid-js';
import { Avatar } from '../people/avatar.tsx';
import { RoomSign } from '../rooms/room-sign.tsx';
import { othersIn, titleOf } from './naming.ts';

/** One person, two people overlapping for a group, or the sign of a room. */
export function ConversationAvatar(props: { conversation: Conversation; meId: string; size?: 'small' | 'medium' | 'large' }) {
  const others = () => othersIn(props.conversation, props.meId);
  const pair = () => {
    const [first, second] = others();
    return props.conversation.kind === 'group' && first !== undefined && second !== undefined ? { first, second } : undefined;
  };
  const alone = () => others()[0] ?? { id: props.conversation.id, name: titleOf(props.conversation, props.meId), avatarUrl: null };
  return (
    <Switch fallback={<Avatar id={alone().id} name={alone().name} picture={alone().avatarUrl} size={props.size} />}>
      <Match when={props.conversation.access}>
        {(access) => <RoomSign room={{ id: props.conversation.id, access: access(), canEnter: true }} size={props.size} />}
      </Match>
      <Match when={pair()}>
        {(both) => (
          <span class={`avatar-pair avatar-pair-${props.size ?? 'medium'}`} aria-hidden="true">
            <Avatar id={both().second.id} name={both().second.name} picture={both().second.avatarUrl} />
            <Avatar id={both().first.id} name={both().first.name} picture={both().first.avatarUrl} />
          </span>
        )}
      </Match>
    </Switch>
  );
}
