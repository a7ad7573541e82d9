import type { Api } from '@koreromai/client';
import type { Frame } from '@koreromai/contract';
import { bodyHash, type Ledger } from '@koreromai/testing';
import { insist, refusalIn } from './answer.ts';

export interface Watcher {
  /** What went wrong that no invariant would see. */
  readonly troubles: readonly string[];
  /** Everything that has come was taken. */
  settled(): Promise<void>;
  stop(): void;
}

/** Subscribes once and leaves the rest to the transport: it reconnects and resumes by `lastEventId`. What comes goes into the ledger. */
export function watch(api: Api, ledger: Ledger, cursor: string, seen: (messageId: string) => void = () => {}): Watcher {
  const troubles: string[] = [];
  let taking = Promise.resolve();
  const subscription = api.events.subscribe.subscribe(
    { cursor },
    {
      onData({ data }) {
        if (data.type === 'message.created') seen(data.message.id);
        // In order, also where taking one frame means asking the server.
        taking = taking.then(() => take(api, ledger, data)).catch((error) => void troubles.push(String(error)));
      },
      onError: (error) => void troubles.push(`${ledger.id} lost its subscription: ${error.message}`),
    },
  );
  return {
    troubles,
    settled: () => taking,
    stop: () => subscription.unsubscribe(),
  };
}

async function take(api: Api, ledger: Ledger, frame: Frame): Promise<void> {
  if (frame.type === 'skip') ledger.skip(frame.stream, frame.fromSeq, frame.toSeq);
  if (frame.type === 'reset') await startAgain(api, ledger);
  if (!('seq' in frame)) return;
  const message = frame.type === 'message.created' ? frame.message : null;
  const shown = { messageId: message?.id ?? null, bodyHash: typeof message?.text === 'string' ? bodyHash(message.text) : null };
  ledger.event({ stream: frame.stream, seq: frame.seq, type: frame.type, ...shown, ...(message ? { version: message.version } : {}) });
  if (frame.type === 'you.removed') ledger.left(frame.conversationId);
  if (frame.type === 'you.added') await enter(api, ledger, frame.conversation.id, frame.conversation.seq, 'entered');
}

async function startAgain(api: Api, ledger: Ledger): Promise<void> {
  const snapshot = await insist(() => api.session.snapshot.query({}));
  ledger.fetched(ledger.user, snapshot.userSeq, 'reset', []);
  for (const { id, seq } of snapshot.conversations) await enter(api, ledger, id, seq, 'reset');
}

/** Reads what is visible up to `seq`. Whoever is out again by now is told so later, by its own event. */
async function enter(api: Api, ledger: Ledger, conversationId: string, seq: number, reason: 'entered' | 'reset'): Promise<void> {
  const ids: string[] = [];
  try {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await insist(() => api.messages.list.query({ conversationId, cursor, order: 'asc', limit: 100 }));
      ids.push(...page.items.filter((m) => m.seq <= seq).map((m) => m.id));
      cursor = page.items.some((m) => m.seq > seq) ? null : page.nextCursor;
    }
  } catch (error) {
    if (refusalIn(error) !== 'NOT_FOUND') throw error;
    return;
  }
  ledger.fetched(conversationId, seq, reason, ids);
}
