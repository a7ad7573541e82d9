import Link from 'lucide-solid/icons/link';
import { FoundMessage } from '../search/found-message.tsx';
import { useClient } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import '../search/search.css';
import { t } from './words.ts';

/** The messages of a chat that lead elsewhere, the newest first (UI39). */
export function Links(props: { conversationId: string }) {
  const client = useClient();
  const now = createNow();
  const found = createPaged(
    () => props.conversationId,
    (id, cursor) => client.api.search.messages.query({ in: id, has: 'link', cursor, limit: 20 }),
  );
  return (
    <PagedList
      of={found}
      by={(message) => message.id}
      label={t('loadingLinks')}
      class="found"
      empty={
        <Blank icon={<Link size={28} />} title={t('noLinks')}>
          <p>{t('noLinksHint')}</p>
        </Blank>
      }
    >
      {(message) => <FoundMessage message={message()} words={[]} now={now()} />}
    </PagedList>
  );
}
