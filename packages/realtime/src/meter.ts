/** One transaction of the lane that said yes. */
export interface Committed {
  readonly changes: number;
  readonly events: number;
  /** The newest of its events; null where it wrote none. */
  readonly pos: number | null;
  /** From the first lock, or from the sending where none was waited for, to the COMMIT's answer. */
  readonly seconds: number;
}

/** Hears what a process does, for its operator's figures. Called on the hot path: count, and return. */
export interface Meter {
  committed(batch: Committed): void;
  /** An event was handed to its `hearers` in this process, in pos order; sockets that do not lag write it at the end of this turn of the event loop. */
  delivered(pos: number, hearers: number): void;
  /** A procedure answered. `code` is a refusal's, INTERNAL, or OK. */
  called(call: { readonly procedure: string; readonly transport: string; readonly code: string; readonly seconds: number }): void;
}

export const noMeter: Meter = { committed() {}, delivered() {}, called() {} };
