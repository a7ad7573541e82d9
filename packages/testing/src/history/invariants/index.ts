import type { Invariant } from '../finding.ts';
import { ackedArrives } from './i01-acked-arrives.ts';
import { refusedIsNowhere } from './i02-refused-is-nowhere.ts';
import { dense } from './i03-dense.ts';
import { oneMeaning } from './i04-one-meaning.ts';
import { shownOnce } from './i05-shown-once.ts';
import { nothingAfterRemoval } from './i06-nothing-after-removal.ts';
import { storedOnce } from './i07-stored-once.ts';
import { realTimeOrder } from './i08-real-time-order.ts';
import { readAfterAck } from './i09-read-after-ack.ts';
import { mailIsDue } from './i10-mail-is-due.ts';
import { unreadIsTrue } from './i11-unread-is-true.ts';
import { soundDatabase } from './i12-sound-database.ts';
import { convergence } from './i13-convergence.ts';

/** In the order of their numbers. */
export const invariants: readonly Invariant[] = [
  ackedArrives,
  refusedIsNowhere,
  dense,
  oneMeaning,
  shownOnce,
  nothingAfterRemoval,
  storedOnce,
  realTimeOrder,
  readAfterAck,
  mailIsDue,
  unreadIsTrue,
  soundDatabase,
  convergence,
];
