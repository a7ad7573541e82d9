import { For, Match, Show, Switch } from 'solid-js';
import { Avatar } from '../people/avatar.tsx';
import type { Completion } from './completion.ts';
import type { Offer } from './offers.ts';
import { t } from './words.ts';
import './completion.css';

/** The list above the box. The focus stays in the text: the box says which of these is meant. */
export function CompletionList(props: { completion: Completion; onTake: (offer: Offer) => void }) {
  const { id, found, at, setAt } = props.completion;
  return (
    <>
      <p class="quiet" role="status">
        {found().length > 0 ? t('suggested', found().length) : ''}
      </p>
      <Show when={found().length > 0}>
        <div class="offers" id={id} role="listbox" aria-label={t('suggestions')}>
          <For each={found()}>
            {(offer, index) => (
              <button
                type="button"
                class="offer"
                id={`${id}-${index()}`}
                role="option"
                tabindex={-1}
                aria-selected={index() === at()}
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => setAt(index())}
                onClick={() => props.onTake(offer)}
              >
                <Switch>
                  <Match when={offer.user}>
                    {(user) => <Avatar id={user().id} name={user().name} picture={user().avatarUrl} size="small" />}
                  </Match>
                  <Match when={offer.emoji}>
                    <span class="offer-emoji" aria-hidden="true">
                      {offer.emoji}
                    </span>
                  </Match>
                </Switch>
                <bdi class="offer-title">{offer.title}</bdi>
                <span class="offer-note">{offer.note}</span>
              </button>
            )}
          </For>
        </div>
      </Show>
    </>
  );
}
