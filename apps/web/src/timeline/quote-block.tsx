import type { Quote } from '@koreromai/contract';
import { Match, Switch } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { plainWords } from '../text/plain.ts';
import './quote-block.css';
import { t } from './words.ts';

/** What a message answers; a click goes there. What the reader may not see is said not to be available, and nothing else (UI35). */
export function QuoteBlock(props: { quote: Quote }) {
  const talk = useTalk();
  const shown = () => ('id' in props.quote ? props.quote : undefined);
  return (
    <Switch fallback={<p class="quote quote-gone">{t('quoteGone')}</p>}>
      <Match when={shown()?.deleted}>
        <p class="quote quote-gone">{t('quoteDeleted')}</p>
      </Match>
      <Match when={shown()}>
        {(quote) => (
          <button type="button" class="quote" onClick={() => talk.jump(quote().seq)}>
            <bdi class="quote-by">{quote().author.name}</bdi>
            <span class="quiet">: </span>
            <span class="quote-text" dir="auto">
              {plainWords(quote().text) || t('pictureOrVideo')}
            </span>
          </button>
        )}
      </Match>
    </Switch>
  );
}
