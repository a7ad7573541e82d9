import type { JSX, ParentProps } from 'solid-js';
import { PageHead } from './page-head.tsx';

/** A page of the main pane: its bar on top, its column below. `wide` for tables and charts. */
export function Page(props: ParentProps<{ title: string; actions?: JSX.Element; wide?: boolean }>) {
  return (
    <main class="main-pane pane" id="main" tabindex="-1" data-landmark>
      <PageHead title={props.title}>{props.actions}</PageHead>
      <div class="page-scroll">
        <div class="page-column" classList={{ 'page-wide': props.wide === true }}>
          {props.children}
        </div>
      </div>
    </main>
  );
}
