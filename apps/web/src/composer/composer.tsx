import { normaliseText } from '@koreromai/contract';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { createEffect, createSignal, on, onMount, Show } from 'solid-js';
import { useDrafts } from './drafts.tsx';
import { intentOf } from './keys.ts';
import { roomLeft } from './text-length.ts';
import './composer.css';

interface ComposerProps {
  conversationId: string;
  title: string;
  onSend: (text: string) => void;
  /** Typing on a phone pulls up its keyboard, so only pointers that are fine get the focus at once. */
  focusAtOnce: boolean;
}

const MAX_SHARE = 0.4;

export function Composer(props: ComposerProps) {
  const drafts = useDrafts();
  const [text, setText] = createSignal(drafts.get(props.conversationId));
  const left = () => roomLeft(text());
  const sendable = () => normaliseText(text()) !== '' && (left() ?? 0) >= 0;
  let box: HTMLTextAreaElement | undefined;

  const fit = () => {
    if (box === undefined) return;
    box.style.height = 'auto';
    const most = Math.round(window.innerHeight * MAX_SHARE);
    box.style.height = `${Math.min(box.scrollHeight, most)}px`;
    box.style.overflowY = box.scrollHeight > most ? 'auto' : 'hidden';
  };
  createEffect(on(text, fit));
  onMount(() => props.focusAtOnce && box?.focus({ preventScroll: true }));

  const write = (next: string) => {
    setText(next);
    drafts.set(props.conversationId, next);
  };
  const send = () => {
    if (!sendable()) return;
    props.onSend(text());
    write('');
    box?.focus({ preventScroll: true });
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-box">
        <textarea
          ref={box}
          class="composer-text"
          rows={1}
          dir="auto"
          data-composer
          aria-label={`Message to ${props.title}`}
          aria-describedby="composer-help"
          placeholder="Write a message"
          value={text()}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (intentOf(event) !== 'send') return;
            event.preventDefault();
            send();
          }}
        />
        <Show when={left() !== null}>
          <span class="composer-left" classList={{ 'composer-over': (left() ?? 0) < 0 }} role="status">
            {left()}
            <span class="quiet"> characters left</span>
          </span>
        </Show>
        <button type="submit" class="composer-send" aria-label="Send" aria-disabled={!sendable()} title="Send">
          <ArrowUp size={20} aria-hidden="true" />
        </button>
      </div>
      <p class="composer-help" id="composer-help">
        <kbd>Enter</kbd> sends, <kbd>Shift</kbd> + <kbd>Enter</kbd> makes a new line
      </p>
    </form>
  );
}
