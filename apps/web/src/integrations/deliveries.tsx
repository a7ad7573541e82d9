import type { Delivery, Webhook } from '@koreromai/contract';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Button } from '../ui/button.tsx';
import { createNow } from '../ui/clock.ts';
import { createCommand } from '../ui/command.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { t } from './words.ts';

const calendar = makeCalendar(undefined);

/** What was sent to an address and how that went, newest first; each can be sent again. */
export function Deliveries(props: { webhook: Webhook }) {
  const { webhooks } = useClient().api;
  const now = createNow();
  const ref = () => ({ conversationId: props.webhook.conversationId, webhookId: props.webhook.id });
  const held = createPaged(ref, (one, cursor) => webhooks.deliveries.query({ ...one, cursor, limit: 20 }));
  const resending = createCommand(async (delivery: Delivery) => {
    await webhooks.resend.mutate({ ...ref(), deliveryId: delivery.id });
    held.again();
  });
  const note = (delivery: Delivery) =>
    [
      t(delivery.state),
      ...(delivery.status === null ? [] : [String(delivery.status)]),
      ...(delivery.attempts > 0 ? [t('tries', delivery.attempts)] : []),
      ...(delivery.nextTryAt === null || delivery.attempts === 0 ? [] : [t('nextTry', calendar.time(delivery.nextTryAt))]),
    ].join(' · ');
  return (
    <PagedList
      of={held}
      by={(delivery) => delivery.id}
      label={t('loadingDeliveries')}
      empty={<p class="field-hint">{t('noDeliveries')}</p>}
    >
      {(delivery) => (
        <li class="integration-head">
          <span class="member-names">
            <span class="member-name" dir="ltr">
              {delivery().event}
            </span>
            <span class="member-handle">
              <time datetime={delivery().createdAt}>{calendar.brief(delivery().createdAt, now())}</time> · {note(delivery())}
            </span>
          </span>
          <Button
            look="quiet"
            aria-label={t('resendOf', delivery().event, calendar.brief(delivery().createdAt, now()))}
            onClick={() => void resending.run(delivery())}
          >
            {t('resend')}
          </Button>
        </li>
      )}
    </PagedList>
  );
}
