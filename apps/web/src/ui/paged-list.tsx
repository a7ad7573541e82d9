import { type Accessor, type JSX, Match, Show, Switch } from 'solid-js';
import { Button } from './button.tsx';
import { Keyed } from './keyed.tsx';
import { Notice } from './notice.tsx';
import type { Paged } from './paged.ts';
import { RowSkeleton } from './skeleton.tsx';
import './paged-list.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

interface PagedListProps<Item> {
  of: Paged<Item>;
  by: (item: Item) => string;
  /** What is being loaded, for screen readers. */
  label: string;
  /** Shown when there is nothing. */
  empty: JSX.Element;
  class?: string;
  children: (item: Accessor<Item>) => JSX.Element;
}

/** A list with its three other states: on its way, empty, and refused with a way to try again (UI37). */
export function PagedList<Item>(props: PagedListProps<Item>) {
  const items = () => props.of.items();
  return (
    <>
      <Show when={props.of.refused()}>
        {(refused) => (
          <Notice
            tone="error"
            action={<Button onClick={() => (items() && props.of.more() ? props.of.next() : props.of.again())}>{t('tryAgain')}</Button>}
          >
            {reasonOf(refused())}
          </Notice>
        )}
      </Show>
      <Switch>
        <Match when={items()?.length === 0}>{props.empty}</Match>
        <Match when={items()}>
          {(held) => (
            <ul class={`paged-list ${props.class ?? ''}`} aria-busy={props.of.busy()}>
              <Keyed each={held()} by={props.by}>
                {props.children}
              </Keyed>
            </ul>
          )}
        </Match>
        <Match when={props.of.busy()}>
          <RowSkeleton rows={4} label={props.label} />
        </Match>
      </Switch>
      <Show when={props.of.more()}>
        <div class="paged-more">
          <Button look="quiet" busy={props.of.busy()} onClick={() => props.of.next()}>
            {t('showMore')}
          </Button>
        </div>
      </Show>
    </>
  );
}
