import { type Attachment, type Message, normaliseText, Refusal, textFits } from '@koreromai/contract';
import { messageIn, quoteOf } from './changed.ts';
import type { Clock } from './clock.ts';
import { type Refused, refusalOf } from './refusal.ts';
import { createRetry, type Retry } from './retry.ts';
import type { OutboxEntry, State } from './state.ts';
import type { WritableStore } from './store.ts';
import { changeTimeline, withMessage, withoutTwins } from './timeline.ts';
import { uuidv7 } from './uuid.ts';

export interface OutboxOptions {
  store: WritableStore;
  clock: Clock;
  random: () => number;
  post: (entry: Posting) => Promise<{ message: Message }>;
  /** Whether this is the client that sends. Absent: it is. */
  mine?: () => boolean;
}

interface Posting {
  conversationId: string;
  id: string;
  text: string;
  replyToId?: string;
  attachmentIds?: string[];
}

/** What a message carries beside its words. */
export interface Enclosed {
  /** The message that it answers. */
  replyToId?: string | undefined;
  /** Files that were uploaded; with them the text may be empty. */
  attachments?: readonly Attachment[] | undefined;
}

export interface Outbox {
  send(conversationId: string, text: string, enclosed?: Enclosed): string;
  retry(id: string): void;
  discard(id: string): void;
  /** Tries everything that waits, now. */
  flush(): void;
  close(): void;
}

/** One message at a time per conversation, in the order written; whoever waits lets the others wait behind it. */
export function createOutbox({ store, clock, random, post, mine = () => true }: OutboxOptions): Outbox {
  const lanes = new Map<string, { busy: boolean; asked: string | null; retry: Retry }>();
  const laneOf = (conversationId: string) => {
    const lane = lanes.get(conversationId) ?? { busy: false, asked: null, retry: createRetry(clock, random) };
    lanes.set(conversationId, lane);
    return lane;
  };

  async function pump(conversationId: string): Promise<void> {
    const lane = laneOf(conversationId);
    if (!mine() || lane.busy || lane.retry.waiting) return;
    lane.busy = true;
    for (
      let entry = nextOf(store.get(), conversationId);
      entry && mine() && !lane.retry.waiting;
      entry = nextOf(store.get(), conversationId)
    ) {
      const { id } = entry;
      mark(id, 'sending');
      lane.asked = id;
      try {
        const { message } = await post(postingOf(entry));
        store.update((state) => delivered(state, message));
        lane.retry.reset();
      } catch (error) {
        const refused = refusalOf(error);
        mark(id, refused.retryable ? 'queued' : 'failed', refused);
        if (!refused.retryable) continue;
        lane.retry.later(() => void pump(conversationId), (refused.retryAfter ?? 0) * 1_000);
        for (const behind of lined(store.get(), conversationId)) mark(behind.id, 'queued', behind.error);
      } finally {
        lane.asked = null;
      }
    }
    lane.busy = false;
  }

  const mark = (id: string, status: OutboxEntry['status'], error?: Refused) =>
    store.update((state) => changeEntry(state, id, ({ error: _, ...entry }) => ({ ...entry, status, ...(error && { error }) })));

  return {
    send(conversationId, text, { replyToId, attachments = [] } = {}) {
      const id = uuidv7(clock.now());
      const refused = refusalBefore(text, attachments.length);
      const status = refused ? 'failed' : laneOf(conversationId).retry.waiting ? 'queued' : 'sending';
      const createdAt = new Date(clock.now()).toISOString();
      const entry: OutboxEntry = {
        id,
        conversationId,
        text: refused ? text : normaliseText(text),
        createdAt,
        status,
        ...(replyToId !== undefined && { replyToId, replyTo: quoteOf(messageIn(store.get(), replyToId)) }),
        ...(attachments.length > 0 && { attachments }),
        ...(refused && { error: refused }),
      };
      store.update((state) => ({ ...state, outbox: [...state.outbox, entry] }));
      void pump(conversationId);
      return id;
    },
    retry(id) {
      const entry = store.get().outbox.find((held) => held.id === id);
      if (!entry || refusalBefore(entry.text, entry.attachments?.length)) return;
      if (entry.status === 'failed') mark(id, 'sending');
      const lane = laneOf(entry.conversationId);
      if (lane.retry.waiting) lane.retry.wake();
      else void pump(entry.conversationId);
    },
    discard(id) {
      store.update((state) => {
        const outbox = state.outbox.filter((entry) => entry.id !== id || laneOf(entry.conversationId).asked === id);
        return outbox.length === state.outbox.length ? state : { ...state, outbox };
      });
    },
    flush() {
      for (const id of new Set(store.get().outbox.map((entry) => entry.conversationId))) {
        laneOf(id).retry.reset();
        void pump(id);
      }
    },
    close() {
      for (const lane of lanes.values()) lane.retry.reset();
    },
  };
}

const postingOf = ({ conversationId, id, text, replyToId, attachments }: OutboxEntry): Posting => ({
  ...{ conversationId, id, text },
  ...(replyToId !== undefined && { replyToId }),
  ...(attachments && { attachmentIds: attachments.map((file) => file.id) }),
});

const nextOf = (state: State, conversationId: string): OutboxEntry | undefined =>
  state.outbox.find((entry) => entry.conversationId === conversationId && entry.status !== 'failed');

/** Next in line behind one that has to wait. */
const lined = (state: State, conversationId: string): OutboxEntry[] =>
  state.outbox.filter((entry) => entry.conversationId === conversationId && entry.status === 'sending');

/** What the server would refuse whatever happens is not sent: a text too long would not even fit in a frame. */
function refusalBefore(text: string, files = 0): Refused | null {
  const words = normaliseText(text);
  if (words === '' && files === 0) return refusalOf(new Refusal('EMPTY_MESSAGE'));
  return textFits(words) ? null : refusalOf(new Refusal('MESSAGE_TOO_LONG'));
}

function changeEntry(state: State, id: string, change: (entry: OutboxEntry) => OutboxEntry): State {
  return { ...state, outbox: state.outbox.map((entry) => (entry.id === id ? change(entry) : entry)) };
}

/** The reply may come before the event: the bubble moves to its place at once, and the event will find it there (UI2). */
function delivered(state: State, message: Message): State {
  return withoutTwins(
    changeTimeline(state, message.conversationId, (timeline) => withMessage(timeline, message)),
    [message],
  );
}
