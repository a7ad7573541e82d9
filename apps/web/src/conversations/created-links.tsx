import type { Pending } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { PendingLink } from '../people/pending-link.tsx';
import { chatHref } from './paths.ts';

/** After creating a chat with addresses that have no account yet: the links to pass on. */
export function CreatedLinks(props: { conversationId: string | null; pending: readonly Pending[] }) {
  return (
    <section class="door-form" aria-labelledby="links-title">
      <h2 id="links-title" tabindex="-1" ref={(heading) => queueMicrotask(() => heading.focus())}>
        {props.conversationId === null ? 'Pass on the link' : 'The group stands. Pass on the links'}
      </h2>
      <p class="door-lead">
        {props.pending.length === 1
          ? 'This address has no account yet. Its seat is kept'
          : 'These addresses have no account yet. Their seats are kept'}{' '}
        for 14 days: whoever opens the link can join.
      </p>
      <ul class="pending-list">
        <For each={props.pending}>{(pending) => <PendingLink pending={pending} />}</For>
      </ul>
      <Show
        when={props.conversationId}
        fallback={
          <A href="/" class="button button-primary">
            Done
          </A>
        }
      >
        {(id) => (
          <A href={chatHref(id())} class="button button-primary">
            Open the chat
          </A>
        )}
      </Show>
    </section>
  );
}
