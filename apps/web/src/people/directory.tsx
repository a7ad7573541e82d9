import Users from 'lucide-solid/icons/users';
import { createSignal, Show } from 'solid-js';
import { useClient, useMe } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { PersonLine } from './person-line.tsx';
import { t } from './words.ts';

/** Everybody here, as far as those who run the server show them. */
export function Directory() {
  const client = useClient();
  const me = useMe();
  const [query, setQuery] = createSignal('');
  const people = createPaged(query, (words, cursor) => client.api.users.list.query({ ...(words && { query: words }), cursor, limit: 30 }));
  const shut = () => people.refused()?.code === 'FORBIDDEN';
  return (
    <Show
      when={!shut()}
      fallback={
        <Blank icon={<Users size={28} />} title={t('noDirectory')}>
          <p>{t('noDirectoryHint')}</p>
        </Blank>
      }
    >
      <SearchField label={t('findPeople')} placeholder={t('nameOrUsername')} value={query()} onSearch={setQuery} />
      <PagedList
        of={people}
        by={(user) => user.id}
        label={t('loadingPeople')}
        class="lines"
        empty={
          <Blank icon={<Users size={28} />} title={t('nobodyCalledThat')}>
            <p>{t('nobodyCalledThatHint')}</p>
          </Blank>
        }
      >
        {(user) => (
          <li class="member">
            <PersonLine user={user()} me={user().id === me().id} />
          </li>
        )}
      </PagedList>
    </Show>
  );
}
