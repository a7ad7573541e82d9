import AtSign from 'lucide-solid/icons/at-sign';
import { Page } from '../conversations/page.tsx';
import { useClient, useState } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { FoundMessage } from './found-message.tsx';
import { t } from './words.ts';
import './search.css';

/** /mentions – where I was named, the newest first, in all chats that I may see. */
export default function MentionsPage() {
  const client = useClient();
  const now = createNow();
  const unread = useState((state) => Object.values(state.conversations).reduce((all, chat) => all + chat.mentionCount, 0));
  const mentions = createPaged(unread, (_unread, cursor) => client.api.messages.mentions.query({ cursor, limit: 30 }));
  return (
    <Page title={t('mentions')}>
      <PagedList
        of={mentions}
        by={(message) => message.id}
        label={t('loadingMentions')}
        class="found"
        empty={
          <Blank icon={<AtSign size={28} />} title={t('noMentions')}>
            <p>{t('noMentionsHint')}</p>
          </Blank>
        }
      >
        {(message) => <FoundMessage message={message()} words={[]} now={now()} />}
      </PagedList>
    </Page>
  );
}
