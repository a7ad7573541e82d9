import { Match, Switch } from 'solid-js';
import type { Calendar } from './calendar.ts';
import { MessageRow } from './message-row.tsx';
import type { Row } from './rows.ts';

interface TimelineRowProps {
  row: Row;
  named: boolean;
  lastOwn: string | undefined;
  calendar: Calendar;
  now: number;
}

export function TimelineRow(props: TimelineRowProps) {
  const day = () => (props.row.kind === 'day' ? props.row : undefined);
  const message = () => (props.row.kind === 'bubble' ? props.row : undefined);
  return (
    <Switch>
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
      <Match when={day()}>
        {(row) => (
          <li class="day">
            <span class="day-name">{props.calendar.dayName(row().day, props.now)}</span>
          </li>
        )}
      </Match>
      <Match when={props.row.kind === 'unread'}>
        <li class="unread-line" data-unread>
          <span>New messages</span>
        </li>
      </Match>
    </Switch>
  );
}
