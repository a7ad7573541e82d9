import { limits } from '@koreromai/contract';
import { t } from './words.ts';

/** What a number of other people makes (C5, C6), told before anything is sent. */
export type Seating =
  | { kind: 'nobody'; seats: number }
  /** Two people: a direct chat. */
  | { kind: 'direct'; seats: number }
  | { kind: 'group'; seats: number }
  | { kind: 'overfull'; seats: number; surplus: number };

/** `others`: everybody but oneself, pending seats included. */
export function seatingOf(others: number): Seating {
  const seats = others + 1;
  if (others === 0) return { kind: 'nobody', seats };
  if (seats < limits.group.minSeats) return { kind: 'direct', seats };
  if (seats > limits.group.maxSeats) return { kind: 'overfull', seats, surplus: seats - limits.group.maxSeats };
  return { kind: 'group', seats };
}

export const overfullSentence = (surplus: number): string => t('overfull', limits.group.maxSeats, surplus);
