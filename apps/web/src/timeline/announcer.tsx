import type { Message } from '@koreromai/contract';
import { createEffect, createSignal, For, on } from 'solid-js';
import { t } from './words.ts';

/** One sentence of this length is heard to its end. */
const HEARD = 300;
/** A log is read by what is added to it; older lines only have to be there while several arrive at once. */
const KEPT = 8;

/**
 * Reads out messages of others as they arrive, and nothing else: a log role on the list itself would also read
 * history that is loaded above (UI32).
 */
export function Announcer(props: { messages: readonly Message[]; meId: string }) {
  const [lines, setLines] = createSignal<readonly string[]>([]);
  let known: number | null = null;
  createEffect(
    on(
      () => props.messages.at(-1)?.seq ?? 0,
      (head) => {
        const before = known;
        known = head;
        if (before === null || before === 0 || head <= before) return;
        const fresh = props.messages.filter((message) => message.seq > before && message.author.id !== props.meId && message.text !== null);
        if (fresh.length > 0)
          setLines((said) =>
            [...said, ...fresh.map((message) => `${message.author.name}: ${message.text?.slice(0, HEARD) || t('sentFile')}`)].slice(-KEPT),
          );
      },
    ),
  );
  return (
    <div class="quiet" role="log" aria-live="polite" aria-label={t('newMessages')} data-testid="announcer">
      <For each={lines()}>{(line) => <p>{line}</p>}</For>
    </div>
  );
}
