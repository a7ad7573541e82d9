import CircleAlert from 'lucide-solid/icons/circle-alert';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Match, Switch } from 'solid-js';
import './notice.css';

/** A sentence that stands in the page. Errors are announced at once, the rest when there is a pause. */
export function Notice(props: { tone: 'info' | 'warning' | 'error'; children: JSX.Element; action?: JSX.Element }) {
  return (
    <div class={`notice notice-${props.tone}`} role={props.tone === 'error' ? 'alert' : 'status'}>
      <Switch>
        <Match when={props.tone === 'error'}>
          <CircleAlert size={18} aria-hidden="true" />
        </Match>
        <Match when={props.tone === 'warning'}>
          <TriangleAlert size={18} aria-hidden="true" />
        </Match>
        <Match when={props.tone === 'info'}>
          <Info size={18} aria-hidden="true" />
        </Match>
      </Switch>
      <div class="notice-text">{props.children}</div>
      {props.action}
    </div>
  );
}
