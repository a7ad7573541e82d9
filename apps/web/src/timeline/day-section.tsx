import { Match, Switch } from 'solid-js';
import { Keyed } from '../ui/keyed.tsx';
import type { Calendar } from './calendar.ts';
import { HappeningLine } from './happening-line.tsx';
import { MessageRow } from './message-row.tsx';
import type { Day, Row } from './rows.ts';
import { t } from './words.ts';

interface Around {
  named: boolean;
  lastOwn: string | undefined;
  meId: string;
  calendar: Calendar;
}

/** A day has a list of its own, so that its name sticks on top for just as long as its messages are there. */
export function DaySection(props: Around & { day: Day; now: number }) {
  return (
    <li>
      <div class="day">
        <h2 class="day-name">{props.calendar.dayName(props.day.day, props.now)}</h2>
      </div>
      <ol>
        <Keyed each={props.day.rows} by={(row) => row.key}>
          {(row) => <TimelineRow row={row()} named={props.named} lastOwn={props.lastOwn} meId={props.meId} calendar={props.calendar} />}
        </Keyed>
      </ol>
    </li>
  );
}

function TimelineRow(props: Around & { row: Row }) {
  const message = () => (props.row.kind === 'bubble' ? props.row : undefined);
  const happening = () => (props.row.kind === 'happening' ? props.row.happening : undefined);
  return (
    <Switch
      fallback={
        <li class="unread-line" data-unread>
          <span>{t('newMessages')}</span>
        </li>
      }
    >
      <Match when={message()}>
        {(row) => (
          <MessageRow
            bubble={row().bubble}
            head={row().head}
            tail={row().tail}
            named={props.named}
            confirm={row().bubble.id === props.lastOwn}
            calendar={props.calendar}
          />
        )}
      </Match>
      <Match when={happening()}>{(told) => <HappeningLine happening={told()} meId={props.meId} />}</Match>
    </Switch>
  );
}
