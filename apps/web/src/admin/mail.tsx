import type { OutgoingMail } from '@koreromai/contract';
import MailIcon from 'lucide-solid/icons/mail';
import { Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';

const states: Record<OutgoingMail['state'], string> = { queued: 'Waits', sent: 'Sent', cancelled: 'Cancelled', dead: 'Given up' };
const kinds: Record<OutgoingMail['kind'], string> = {
  chat: 'New messages',
  invitation: 'Invitation',
  reset: 'New password',
  notice: 'Notice',
};
const calendar = makeCalendar(undefined);

/** What went out, what waits and what was given up; never what a mail says. */
export function Mail() {
  const { mail } = useClient().api;
  const now = createNow();
  const mails = createPaged(
    () => true,
    (_always, cursor) => mail.list.query({ cursor, limit: 30 }),
  );
  return (
    <PagedList
      of={mails}
      by={(each) => each.id}
      label="Loading mails"
      class="lines"
      empty={
        <Blank icon={<MailIcon size={28} />} title="No mail yet">
          <p>People are mailed when somebody wrote to them while they were away, and when they are invited.</p>
        </Blank>
      }
    >
      {(each) => (
        <li class="record">
          <span class="record-what">
            {kinds[each().kind]} to <bdi>{each().to}</bdi>
          </span>
          <span class="tag" classList={{ 'tag-quiet': each().state !== 'dead', 'tag-warning': each().state === 'dead' }}>
            {states[each().state]}
          </span>
          <span class="record-note">
            <time datetime={each().createdAt} title={calendar.full(each().createdAt)}>
              {calendar.brief(each().createdAt, now())}
            </time>
            {each().attempts === 1 ? ', tried once' : each().attempts > 1 ? `, tried ${each().attempts} times` : ''}
            <Show when={each().reason}>{(reason) => <>: {reason()}</>}</Show>
          </span>
        </li>
      )}
    </PagedList>
  );
}
