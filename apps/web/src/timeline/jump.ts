import type { Client, State } from '@koreromai/client';
import { onCleanup } from 'solid-js';
import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

interface JumpOptions {
  client: Client;
  conversationId: string;
  /** Draws the rows around that message. */
  show: (seq: number) => void;
  /** The row of that message, once it is drawn. */
  row: (seq: number) => HTMLElement | null | undefined;
  reveal: (row: HTMLElement) => void;
}

/** Goes to a message, however far back: what lies between is loaded page by page, and the row shows which it was (UI35). */
export function createJump({ client, conversationId, show, row, reveal }: JumpOptions): (seq: number) => Promise<void> {
  let turn = 0; // a later jump ends an earlier one
  onCleanup(() => turn++);
  const held = (state: State) => state.timelines[conversationId];

  return async function jump(seq) {
    const mine = ++turn;
    for (;;) {
      const timeline = held(client.store.get());
      if (mine !== turn || timeline === undefined || timeline.error !== null) return; // the edge of the history says why
      if (timeline.loading) await until(client, (state) => held(state)?.loading !== true);
      else if (timeline.complete || timeline.fromSeq <= seq) break;
      else await client.loadOlder(conversationId);
    }
    if (held(client.store.get())?.messages.every((message) => message.seq !== seq)) return toast(t('messageGone'));
    show(seq);
    const found = row(seq);
    if (!found) return;
    reveal(found);
    found.focus({ preventScroll: true });
    found.classList.add('message-found');
    found.addEventListener('animationend', () => found.classList.remove('message-found'), { once: true });
  };
}

function until(client: Client, holds: (state: State) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds(client.store.get())) return resolve();
    const end = client.store.subscribe((state) => {
      if (!holds(state)) return;
      end();
      resolve();
    });
  });
}
