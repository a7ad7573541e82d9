import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { dateFormat } from '../language/dates.ts';
import { number } from '../language/grammar.ts';
import { Button } from '../ui/button.tsx';
import { CsvButton } from './csv-button.tsx';
import { bundled, type DayCount } from './range.ts';
import { t } from './words.ts';

const MOST_BARS = 92;
const [WIDTH, HEIGHT] = [720, 180];

const days = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }, 'UTC');
const named = (day: string) => days(new Date(`${day}T00:00:00Z`));

/** How much was written on which day: a picture, or the same as a table. */
export function DayChart(props: { days: readonly DayCount[] }) {
  const id = createUniqueId();
  const [table, setTable] = createSignal(false);
  const bars = createMemo(() => bundled(props.days, MOST_BARS));
  const most = () => Math.max(1, ...bars().map((bar) => bar.messages));
  const total = () => props.days.reduce((sum, each) => sum + each.messages, 0);
  const label = (bar: { from: string; to: string; messages: number }) =>
    `${bar.from === bar.to ? named(bar.from) : `${named(bar.from)} – ${named(bar.to)}`}: ${number(bar.messages)}`;
  const step = () => WIDTH / Math.max(1, bars().length);
  return (
    <section class="number-part" aria-labelledby={id}>
      <div class="number-head">
        <h2 id={id}>{t('total', total())}</h2>
        <span class="number-verbs">
          <Button look="quiet" aria-pressed={table()} onClick={() => setTable((now) => !now)}>
            {table() ? t('showChart') : t('showTable')}
          </Button>
          <CsvButton name={t('messagesByDay')} rows={[[t('day'), t('messages')], ...props.days.map((each) => [each.day, each.messages])]} />
        </span>
      </div>
      <Show when={!table()} fallback={<DayTable days={props.days} />}>
        <figure class="chart">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('chartSays', total(), most())}>
            <For each={[0.25, 0.5, 0.75]}>{(at) => <line class="chart-line" x1="0" x2={WIDTH} y1={HEIGHT * at} y2={HEIGHT * at} />}</For>
            <For each={bars()}>
              {(bar, index) => (
                <g class="chart-bar">
                  <rect class="chart-reach" x={index() * step()} y="0" width={step()} height={HEIGHT}>
                    <title>{label(bar)}</title>
                  </rect>
                  <rect
                    class="bar-fill"
                    x={index() * step() + step() * 0.12}
                    y={HEIGHT - (bar.messages / most()) * HEIGHT}
                    width={step() * 0.76}
                    height={(bar.messages / most()) * HEIGHT}
                  />
                </g>
              )}
            </For>
          </svg>
          <figcaption class="chart-ends">
            <span>{props.days[0] ? named(props.days[0].day) : ''}</span>
            <span>{t('highest', number(most()))}</span>
            <span>{props.days.length > 1 ? named(props.days.at(-1)?.day ?? '') : ''}</span>
          </figcaption>
        </figure>
      </Show>
    </section>
  );
}

function DayTable(props: { days: readonly DayCount[] }) {
  return (
    <section class="day-table" tabindex="0" aria-label={t('messagesByDay')}>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('messages')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.days.toReversed()}>
            {(each) => (
              <tr>
                <th scope="row">{named(each.day)}</th>
                <td>{number(each.messages)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}
