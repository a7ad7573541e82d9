import { limits } from '@koreromai/contract';
import { For } from 'solid-js';
import './seat-counter.css';
import { t } from './words.ts';

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
        {t('seatsOf', props.seats, limits.group.maxSeats)}
        <span class="quiet"> {t('seatsTaken')}</span>
      </span>
    </div>
  );
}
