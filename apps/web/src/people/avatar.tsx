import { hueOf, initialsOf } from './initials.ts';
import './avatar.css';

/** Initials on a colour that stays with the person. Decoration: the name always stands beside it. */
export function Avatar(props: { id: string; name: string; size?: 'small' | 'medium' | 'large' | undefined }) {
  return (
    <span
      class={`avatar avatar-${props.size ?? 'medium'} hue-${hueOf(props.id)}`}
      data-initials={initialsOf(props.name)}
      aria-hidden="true"
    />
  );
}
