import type { Webhook, WebhookEnd } from '@koreromai/contract';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Deliveries } from './deliveries.tsx';
import { t } from './words.ts';

const ends = {
  failing: 'endedFailing',
  gone: 'endedGone',
  makerGone: 'endedMakerGone',
  closed: 'endedClosed',
} as const satisfies Record<WebhookEnd, string>;

/** One address: whether it is sent to and why not, what was sent, and its end. */
export function OutgoingRow(props: { webhook: Webhook; onRemoved: () => void; onEnabled: () => void }) {
  const { webhooks } = useClient().api;
  const [open, setOpen] = createSignal(false);
  const [asking, setAsking] = createSignal(false);
  const ref = () => ({ conversationId: props.webhook.conversationId, webhookId: props.webhook.id });
  const enabling = createCommand(async () => {
    await webhooks.enable.mutate(ref());
    props.onEnabled();
  });
  const remove = async () => {
    await webhooks.remove.mutate(ref());
    props.onRemoved();
  };
  return (
    <li class="integration">
      <div class="integration-head">
        <bdi class="integration-address" dir="ltr">
          {props.webhook.url}
        </bdi>
        <IconButton label={t('removeOf', props.webhook.url)} onClick={() => setAsking(true)}>
          <Trash size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <Show
        when={props.webhook.disabled}
        fallback={
          <Show when={props.webhook.failingSince !== null}>
            <Notice tone="warning">{t('failing')}</Notice>
          </Show>
        }
      >
        {(disabled) => (
          <Notice
            tone="error"
            action={
              <Button busy={enabling.busy()} aria-label={t('enableOf', props.webhook.url)} onClick={() => void enabling.run()}>
                {t('enable')}
              </Button>
            }
          >
            {t(ends[disabled().reason])}
          </Notice>
        )}
      </Show>
      <div>
        <Button look="quiet" aria-expanded={open()} aria-label={t('deliveriesOf', props.webhook.url)} onClick={() => setOpen(!open())}>
          {t('deliveries')}
        </Button>
      </div>
      <Show when={open()}>
        <Deliveries webhook={props.webhook} />
      </Show>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('removeAsked', props.webhook.url)}
        description={t('removeWebhookHint')}
        verb={t('remove')}
        onConfirm={remove}
      />
    </li>
  );
}
