import type { Conversation } from '@koreromai/contract';
import { Show } from 'solid-js';
import { Avatar } from '../people/avatar.tsx';
import { othersIn, titleOf } from './naming.ts';

/** One person's initials, or two people overlapping for a group. */
export function ConversationAvatar(props: { conversation: Conversation; meId: string; size?: 'small' | 'medium' | 'large' }) {
  const others = () => othersIn(props.conversation, props.meId);
  const pair = () => {
    const [first, second] = others();
    return props.conversation.kind === 'group' && first !== undefined && second !== undefined ? { first, second } : undefined;
  };
  const alone = () => others()[0] ?? { id: props.conversation.id, name: titleOf(props.conversation, props.meId) };
  return (
    <Show when={pair()} fallback={<Avatar id={alone().id} name={alone().name} size={props.size} />}>
      {(both) => (
        <span class={`avatar-pair avatar-pair-${props.size ?? 'medium'}`} aria-hidden="true">
          <Avatar id={both().second.id} name={both().second.name} />
          <Avatar id={both().first.id} name={both().first.name} />
        </span>
      )}
    </Show>
  );
}
