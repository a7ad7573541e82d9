import { webhookEvent } from '@koreromai/contract';
import { bytesOf, idOf, newId, type Reader, webhooksListening } from '@koreromai/db';
import type { FollowerOptions } from '@koreromai/realtime';

const told: ReadonlySet<string> = new Set(webhookEvent.options);

/** Queues what webhooks are to be told. What exactly, and whether they may know of it, is judged when it goes out. */
export const webhookFollower = (read: Reader, now: () => number): Pick<FollowerOptions, 'name' | 'start' | 'handle' | 'batch'> => ({
  name: 'webhooks',
  start: 'head', // who begins to listen hears of what comes
  batch: 100,
  async handle(all) {
    const events = all.filter((e) => told.has(e.type));
    const listening = await webhooksListening(read, [...new Set(events.map((e) => e.stream))]);
    if (listening.length === 0) return; // almost always: it costs one short look
    const rows = events.flatMap((event) =>
      listening
        .filter(
          (w) => idOf(w.conversation_id) === event.stream && Number(w.since_seq) < event.seq && w.events.split(' ').includes(event.type),
        )
        .map((w) => ({ id: bytesOf(newId(now())), webhook_id: w.id, event: event.type, seq: event.seq })),
    );
    if (rows.length === 0) return;
    const begun = { state: 'waiting', status: null, error: null, attempts: 0 };
    return (draft) => {
      for (const row of rows) draft.insert('webhook_delivery', { ...row, ...begun, run_after: draft.now, created_at: draft.now }, 'ignore');
    };
  },
});
