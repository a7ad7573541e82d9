import { type Accessor, type JSX, Match, Show, Switch } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import type { Asked } from './asked.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { RowSkeleton } from './skeleton.tsx';
import { t } from './words.ts';

interface AnswerProps<Value> {
  of: Asked<Value>;
  /** What is being loaded, for screen readers. */
  label: string;
  rows?: number;
  children: (value: Accessor<NonNullable<Value>>) => JSX.Element;
}

/** What was asked for, or that it is on its way, or why it did not come (UI37). */
export function Answer<Value>(props: AnswerProps<Value>) {
  const value = () => props.of.value();
  return (
    <>
      <Show when={props.of.refused()}>
        {(refused) => (
          <Notice tone="error" action={<Button onClick={() => props.of.again()}>{t('tryAgain')}</Button>}>
            {reasonOf(refused())}
          </Notice>
        )}
      </Show>
      <Switch>
        <Match when={value()}>{(held) => props.children(held as Accessor<NonNullable<Value>>)}</Match>
        <Match when={props.of.busy()}>
          <RowSkeleton rows={props.rows ?? 3} label={props.label} />
        </Match>
      </Switch>
    </>
  );
}
