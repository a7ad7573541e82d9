import type { Room } from '@koreromai/contract';
import { Dynamic } from 'solid-js/web';
import { hueOf } from '../people/initials.ts';
import { iconOf } from './access.ts';
import '../people/avatar.css';

/** A room's square on a colour that stays with it. Decoration: name and reason stand beside it. */
export function RoomSign(props: { room: Pick<Room, 'id' | 'access' | 'canEnter'>; size?: 'small' | 'medium' | 'large' | undefined }) {
  const pixels = () => (props.size === 'large' ? 32 : props.size === 'small' ? 16 : 20);
  return (
    <span class={`avatar avatar-room avatar-${props.size ?? 'medium'} hue-${hueOf(props.room.id)}`} aria-hidden="true">
      <Dynamic component={iconOf(props.room)} size={pixels()} />
    </span>
  );
}
