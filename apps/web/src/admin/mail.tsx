import MailIcon from 'lucide-solid/icons/mail';
import { Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { t } from './words.ts';

const kinds = { chat: 'chatMail', invitation: 'invitationMail', reset: 'resetMail', notice: 'noticeMail' } as const;
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
      label={t('loadingMails')}
      class="lines"
      empty={
        <Blank icon={<MailIcon size={28} />} title={t('noMail')}>
          <p>{t('noMailHint')}</p>
        </Blank>
      }
    >
      {(each) => (
        <li class="record">
          <span class="record-what">
            {t(kinds[each().kind])} {t('mailTo')} <bdi>{each().to}</bdi>
          </span>
          <span class="tag" classList={{ 'tag-quiet': each().state !== 'dead', 'tag-warning': each().state === 'dead' }}>
            {t(each().state)}
          </span>
          <span class="record-note">
            <time datetime={each().createdAt} title={calendar.full(each().createdAt)}>
              {calendar.brief(each().createdAt, now())}
            </time>
            {each().attempts === 1 ? `, ${t('triedOnce')}` : each().attempts > 1 ? `, ${t('tried', each().attempts)}` : ''}
            <Show when={each().reason}>{(reason) => <>: {reason()}</>}</Show>
          </span>
        </li>
      )}
    </PagedList>
  );
}
