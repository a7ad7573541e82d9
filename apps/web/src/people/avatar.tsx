import { createSignal, Show } from 'solid-js';
import { hueOf, initialsOf } from './initials.ts';
import './avatar.css';

interface AvatarProps {
  id: string;
  name: string;
  size?: 'small' | 'medium' | 'large' | undefined;
  /** A path of this server; without one, or when it does not load, the initials show. */
  picture?: string | null | undefined;
}

/** A picture, or initials on a colour that stays with the person. Decoration: the name always stands beside it. */
export function Avatar(props: AvatarProps) {
  const [broken, setBroken] = createSignal<string>();
  const picture = () => (props.picture && props.picture !== broken() ? props.picture : undefined);
  return (
    <span
      class={`avatar avatar-${props.size ?? 'medium'} hue-${hueOf(props.id)}`}
      data-initials={picture() ? '' : initialsOf(props.name)}
      aria-hidden="true"
    >
      <Show when={picture()}>{(src) => <img class="avatar-picture" src={src()} alt="" onError={() => setBroken(src())} />}</Show>
    </span>
  );
}
