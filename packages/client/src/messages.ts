import { type Message, normaliseText } from '@koreromai/contract';
import { edited, messageIn, reworded, withoutMessage } from './changed.ts';
import type { Clock } from './clock.ts';
import type { Api } from './connect.ts';
import type { WritableStore } from './store.ts';
import { changeTimeline, withMessage } from './timeline.ts';

export interface MessagesOptions {
  store: WritableStore;
  clock: Clock;
  api: Pick<Api, 'messages'>;
}

/** What is done to messages that stand. What is refused is undone here, and the promise rejects. */
export interface Messages {
  edit(messageId: string, text: string): Promise<void>;
  deleteForEveryone(messageId: string): Promise<void>;
  hide(messageId: string): Promise<void>;
  unhide(messageId: string): Promise<void>;
  /** Conversations that show something which the server has not confirmed yet. */
  pending(): string[];
}

export function createMessages({ store, clock, api: { messages } }: MessagesOptions): Messages {
  const put = (message: Message) =>
    store.update((state) => changeTimeline(state, message.conversationId, (timeline) => withMessage(timeline, message)));

  const open = new Set<{ id: string }>();
  async function meanwhile<Answer>(id: string, call: Promise<Answer>): Promise<Answer> {
    const mark = { id };
    open.add(mark);
    return call.finally(() => open.delete(mark));
  }

  return {
    pending: () => [...new Set([...open].map(({ id }) => id))],
    async edit(messageId, raw) {
      const before = messageIn(store.get(), messageId);
      const text = normaliseText(raw);
      if (!before) return void (await messages.edit.mutate({ messageId, text }));
      if (before.text === text) return;
      const editedAt = new Date(clock.now()).toISOString();
      // Emptied words are refused: nothing is to be seen of that.
      if (text !== '') store.update((state) => reworded(state, before, { text, editedAt }));
      try {
        const after = await meanwhile(before.conversationId, messages.edit.mutate({ messageId, text, expectedVersion: before.version }));
        store.update((state) => edited(state, after).state);
      } catch (error) {
        store.update((state) => reworded(state, before, before));
        throw error;
      }
    },
    async deleteForEveryone(messageId) {
      await messages.delete.mutate({ messageId, for: 'everyone' });
    },
    async hide(messageId) {
      const held = messageIn(store.get(), messageId);
      if (held) store.update((state) => withoutMessage(state, held.conversationId, messageId));
      try {
        const hiding = messages.delete.mutate({ messageId, for: 'me' });
        await (held ? meanwhile(held.conversationId, hiding) : hiding);
      } catch (error) {
        if (held) put(held);
        throw error;
      }
    },
    async unhide(messageId) {
      await messages.unhide.mutate({ messageId });
      put(await messages.get.query({ messageId })); // it may lie before the page that the event makes us fetch
    },
  };
}
