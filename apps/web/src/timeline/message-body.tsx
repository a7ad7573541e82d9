import { lazy, Show, Suspense } from 'solid-js';
import { Gallery } from '../attachments/gallery.tsx';
import { Naming } from '../text/mentions.tsx';
import { MessageText } from '../text/message-text.tsx';
import { onlyEmoji } from '../text/only-emoji.ts';
import type { Bubble } from './bubbles.ts';
import { QuoteBlock } from './quote-block.tsx';
import { t } from './words.ts';

const LinkPreviews = lazy(() => import('./link-previews.tsx'));
const linked = /\bhttps?:\/\//iu;

/** What somebody said: what it answers, its pictures, its words, and what its links lead to. */
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
            <Naming mentions={props.bubble.message?.mentions ?? []}>
              <MessageText text={text() ?? ''} />
            </Naming>
            <Show when={props.bubble.edited}>
              <span class="message-edited"> {t('edited')}</span>
            </Show>
          </Show>
        </div>
      </Show>
      <Show when={linked.test(text() ?? '') && props.bubble.message}>
        {(message) => (
          <Suspense>
            <LinkPreviews message={message()} />
          </Suspense>
        )}
      </Show>
    </div>
  );
}
