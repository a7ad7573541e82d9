import { type JSX, Show } from 'solid-js';
import './blank.css';
import './button.css';

/** A view with nothing to show: why it is empty, and what to do next. */
export function Blank(props: { icon?: JSX.Element; title: string; children?: JSX.Element; action?: JSX.Element; heading?: 'h1' | 'h2' }) {
  return (
    <div class="blank">
      <Show when={props.icon}>
        <div class="blank-icon" aria-hidden="true">
          {props.icon}
        </div>
      </Show>
      <Show when={props.heading === 'h1'} fallback={<h2 class="blank-title">{props.title}</h2>}>
        <h1 class="blank-title">{props.title}</h1>
      </Show>
      <div class="blank-text">{props.children}</div>
      {props.action}
    </div>
  );
}
