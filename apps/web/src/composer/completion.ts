import { createEffect, createSignal, createUniqueId, on } from 'solid-js';
import { useClient, useMe } from '../session/session.tsx';
import type { Offer } from './offers.ts';
import { type Unfinished, unfinishedAt } from './unfinished.ts';

const offers = () => import('./offers.ts');

/** What the word before the caret may become (UI16): looked for while one types, walked through with the arrows, taken with Enter or Tab. */
export function createCompletion(conversationId: string, write: (text: string) => void) {
  const client = useClient();
  const me = useMe();
  const id = createUniqueId();
  const [begun, setBegun] = createSignal<Unfinished | null>(null, {
    equals: (a, b) => a?.from === b?.from && a?.word === b?.word && a?.sign === b?.sign,
  });
  const [found, setFound] = createSignal<readonly Offer[]>([]);
  const [at, setAt] = createSignal(0);
  let refusedAt: number | null = null; // Esc: this word is meant as it is
  let turn = 0;

  createEffect(
    on(begun, (now) => {
      const mine = ++turn;
      if (now === null) return void setFound([]);
      const { conversations, timelines } = client.store.get();
      const asking = {
        api: client.api,
        conversation: conversations[conversationId],
        said: timelines[conversationId]?.messages ?? [],
        meId: me().id,
      };
      const show = (next: readonly Offer[]) => {
        if (mine !== turn) return;
        setAt(0);
        setFound(next);
      };
      offers()
        .then(({ offersFor }) => offersFor(now, asking))
        .then(show, () => show([])); // without a list one types it out
    }),
  );
  const close = () => setBegun(null);

  function take(box: HTMLTextAreaElement, offer: Offer): void {
    const now = begun();
    if (now === null) return;
    const before = box.value.slice(0, now.from) + offer.text;
    close();
    write(before + box.value.slice(now.from + now.sign.length + now.word.length));
    box.focus({ preventScroll: true });
    box.setSelectionRange(before.length, before.length);
  }

  return {
    id,
    found,
    at,
    setAt,
    close,
    take,
    /** For `aria-activedescendant`. */
    active: () => (found().length > 0 ? `${id}-${at()}` : undefined),
    look(box: HTMLTextAreaElement): void {
      const now = box.selectionStart === box.selectionEnd ? unfinishedAt(box.value, box.selectionStart) : null;
      if (now === null) refusedAt = null;
      setBegun(now !== null && now.from === refusedAt ? null : now);
    },
    /** True: the key was meant for the list. */
    pressed(event: KeyboardEvent, box: HTMLTextAreaElement): boolean {
      const all = found();
      const chosen = all[at()];
      if (chosen === undefined || event.isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length);
        document.getElementById(`${id}-${at()}`)?.scrollIntoView?.({ block: 'nearest' });
      } else if (event.key === 'Enter' || event.key === 'Tab') take(box, chosen);
      else if (event.key === 'Escape') {
        refusedAt = begun()?.from ?? null;
        close();
      } else return false;
      event.preventDefault();
      return true;
    },
  };
}

export type Completion = ReturnType<typeof createCompletion>;
