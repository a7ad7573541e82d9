import type { StreamEvent } from '@koreromai/contract';

/** A row of the log in memory. Ids are UUID strings, `at` milliseconds. */
export interface LogEvent {
  readonly pos: number;
  readonly stream: string;
  readonly seq: number;
  readonly type: StreamEvent['type'];
  readonly actor: string | null;
  readonly subject: string | null;
  readonly number: number | null;
  readonly at: number;
  /** What goes on the wire, where the writer had it in hand. Absent in rows read from the log: then it is projected. */
  readonly view?: StreamEvent;
}
