import { A } from '@solidjs/router';
import { createUniqueId, For, Show } from 'solid-js';
import { number } from '../language/grammar.ts';
import { CsvButton } from './csv-button.tsx';
import { t } from './words.ts';

interface BarListProps {
  title: string;
  /** What the rows are, for the table's head. */
  column: string;
  rows: readonly { readonly key: string; readonly name: string; readonly href?: string; readonly messages: number }[];
}

/** The five with most: a table whose numbers also have bars. */
export function BarList(props: BarListProps) {
  const id = createUniqueId();
  const most = () => Math.max(1, ...props.rows.map((row) => row.messages));
  return (
    <section class="number-part" aria-labelledby={id}>
      <div class="number-head">
        <h2 id={id}>{props.title}</h2>
        <CsvButton name={props.title} rows={[[props.column, t('messages')], ...props.rows.map((row) => [row.name, row.messages])]} />
      </div>
      <Show when={props.rows.length > 0} fallback={<p class="field-hint">{t('nothingWritten')}</p>}>
        <table class="bars" aria-labelledby={id}>
          <thead class="quiet">
            <tr>
              <th scope="col">{props.column}</th>
              <th scope="col">{t('messages')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.rows}>
              {(row) => (
                <tr>
                  <th scope="row" class="bar-name">
                    <Show when={row.href} fallback={<bdi>{row.name}</bdi>}>
                      {(href) => (
                        <A href={href()}>
                          <bdi>{row.name}</bdi>
                        </A>
                      )}
                    </Show>
                    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                      <rect class="bar-fill" width={(row.messages / most()) * 100} height="6" rx="1" />
                    </svg>
                  </th>
                  <td>{number(row.messages)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </section>
  );
}
