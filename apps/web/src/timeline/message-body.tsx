import { Show } from 'solid-js';
import { Gallery } from '../attachments/gallery.tsx';
import { MessageText } from '../text/message-text.tsx';
import { onlyEmoji } from '../text/only-emoji.ts';
import type { Bubble } from './bubbles.ts';
import { QuoteBlock } from './quote-block.tsx';
import { t } from './words.ts';

/** What somebody said: what it answers, its pictures, its words. */
export function MessageBody(props: { bubble: Bubble }) {
  const text = () => props.bubble.text;
  const big = () => props.bubble.quote === null && onlyEmoji(text() ?? '');
  return (
    <div class="message-body">
      <Show when={props.bubble.files.length > 0}>
        <Gallery files={props.bubble.files} by={props.bubble.authorName} />
      </Show>
      <Show when={text() !== '' || props.bubble.quote !== null}>
        <div class="message-bubble" dir="auto" classList={{ 'message-gone': text() === null, 'message-emoji': big() }}>
          <Show when={props.bubble.quote}>{(quote) => <QuoteBlock quote={quote()} />}</Show>
          <Show when={text() !== null} fallback={t('deleted')}>
            <MessageText text={text() ?? ''} />
            <Show when={props.bubble.edited}>
              <span class="message-edited"> {t('edited')}</span>
            </Show>
          </Show>
        </div>
      </Show>
    </div>
  );
}
