import { limits } from '@koreromai/contract';
import { For } from 'solid-js';
import './seat-counter.css';

/** "4 of 10", and ten dots to see it by. */
export function SeatCounter(props: { seats: number }) {
  const over = () => props.seats > limits.group.maxSeats;
  return (
    <div class="seats" classList={{ 'seats-over': over() }}>
      <span class="seats-dots" aria-hidden="true">
        <For each={Array.from({ length: limits.group.maxSeats }, (_, at) => at)}>
          {(at) => <span class="seats-dot" classList={{ 'seats-taken': at < props.seats }} />}
        </For>
      </span>
      <span class="seats-text" role="status" data-testid="seats">
        {props.seats} of {limits.group.maxSeats}
        <span class="quiet"> seats taken</span>
      </span>
    </div>
  );
}
