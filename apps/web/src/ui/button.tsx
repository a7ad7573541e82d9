import LoaderCircle from 'lucide-solid/icons/loader-circle';
import { type JSX, Show, splitProps } from 'solid-js';
import './button.css';

type Look = 'primary' | 'outline' | 'quiet' | 'danger';

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  wide?: boolean;
  /** Work is under way: says so, and ignores clicks without losing focus as `disabled` would. */
  busy?: boolean;
}

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['look', 'wide', 'busy', 'children', 'class', 'type', 'onClick']);
  const click: JSX.EventHandler<HTMLButtonElement, MouseEvent> = (event) => {
    if (own.busy || rest['aria-disabled'] === true) return event.preventDefault();
    if (typeof own.onClick === 'function') own.onClick(event);
  };
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={`button button-${own.look ?? 'outline'} ${own.class ?? ''}`}
      classList={{ 'button-wide': own.wide === true }}
      aria-busy={own.busy === true}
      onClick={click}
    >
      <Show when={own.busy}>
        <LoaderCircle class="spin" size={18} aria-hidden="true" />
      </Show>
      {own.children}
    </button>
  );
}
