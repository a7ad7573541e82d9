import type { Webhook, WebhookEvent } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { Choices } from './choices.tsx';
import { OutgoingRow } from './outgoing-row.tsx';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

const kinds = {
  messages: ['message.created', 'message.updated', 'message.deleted'],
  reactions: ['reaction.added', 'reaction.removed', 'pin.added', 'pin.removed'],
  members: ['member.added', 'member.left', 'member.removed', 'conversation.updated', 'conversation.closed'],
} as const satisfies Record<string, readonly WebhookEvent[]>;
type Kind = keyof typeof kinds;
const all: readonly Kind[] = ['messages', 'reactions', 'members'];

/** Addresses that are told of what happens in this chat. */
export function Outgoing(props: { conversationId: string }) {
  const { webhooks } = useClient().api;
  const [url, setUrl] = createSignal('');
  const [chosen, setChosen] = createSignal<Kind[]>(['messages']);
  const [made, setMade] = createSignal<string>();
  const held = createPaged(
    () => props.conversationId,
    (conversationId, cursor) => webhooks.list.query({ conversationId, cursor, limit: 20 }),
  );
  const form = createSubmission(async () => {
    const events = chosen().flatMap((kind): WebhookEvent[] => [...kinds[kind]]);
    const { secret, ...shown } = await webhooks.create.mutate({ conversationId: props.conversationId, url: url(), events });
    setUrl('');
    setMade(secret);
    held.change((items) => [shown, ...items]);
  });
  const gone = (webhook: Webhook) => held.change((items) => items.filter((each) => each.id !== webhook.id));
  return (
    <div class="integration">
      <h4>{t('outgoing')}</h4>
      <p class="field-hint">{t('outgoingHint')}</p>
      <PagedList of={held} by={(webhook) => webhook.id} label={t('loadingHooks')} empty={<p class="field-hint">{t('noOutgoing')}</p>}>
        {(webhook) => <OutgoingRow webhook={webhook()} onRemoved={() => gone(webhook())} onEnabled={held.again} />}
      </PagedList>
      <Show
        when={made()}
        fallback={
          <form class="integration-form" onSubmit={form.onSubmit}>
            <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
            <Field
              label={t('address')}
              error={form.fieldError('url')}
              type="url"
              dir="ltr"
              value={url()}
              onText={setUrl}
              autocomplete="off"
              required
            />
            <Choices label={t('tellOf')} options={all.map((value) => ({ value, text: t(value) }))} chosen={chosen()} onChoose={setChosen} />
            <Button type="submit" busy={form.busy()} aria-disabled={chosen().length === 0}>
              {t('makeWebhook')}
            </Button>
          </form>
        }
      >
        {(secret) => (
          <ShownOnce
            says={t('secretOnce')}
            label={t('theSecret')}
            copy={t('copySecret')}
            value={secret()}
            onKept={() => setMade(undefined)}
          />
        )}
      </Show>
    </div>
  );
}
