import type { Pending } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { PendingLink } from '../people/pending-link.tsx';
import { chatHref } from './paths.ts';
import { t } from './words.ts';

/** After creating a chat with addresses that have no account yet: the links to pass on. */
export function CreatedLinks(props: { conversationId: string | null; pending: readonly Pending[] }) {
  return (
    <section class="door-form" aria-labelledby="links-title">
      <h2 id="links-title" tabindex="-1" ref={(heading) => queueMicrotask(() => heading.focus())}>
        {props.conversationId === null ? t('passOnLink') : t('passOnLinks')}
      </h2>
      <p class="door-lead">{t('seatsKept', props.pending.length)}</p>
      <ul class="pending-list">
        <For each={props.pending}>{(pending) => <PendingLink pending={pending} />}</For>
      </ul>
      <Show
        when={props.conversationId}
        fallback={
          <A href="/" class="button button-primary">
            {t('done')}
          </A>
        }
      >
        {(id) => (
          <A href={chatHref(id())} class="button button-primary">
            {t('openChat')}
          </A>
        )}
      </Show>
    </section>
  );
}
