import type { AdminUser } from '@koreromai/contract';
import Users from 'lucide-solid/icons/users';
import { createSignal } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { GovernedRow } from './governed-row.tsx';
import { t } from './words.ts';

/** Everybody with an account: their roles, and who is suspended. */
export function People() {
  const { admin } = useClient().api;
  const [query, setQuery] = createSignal('');
  const people = createPaged(query, (begins, cursor) => admin.users.query({ ...(begins !== '' && { query: begins }), cursor, limit: 30 }));
  const changed = (user: AdminUser) => people.change((held) => held.map((each) => (each.id === user.id ? user : each)));
  return (
    <>
      <SearchField label={t('findPeople')} placeholder={t('howItBegins')} value={query()} onSearch={setQuery} />
      <PagedList
        of={people}
        by={(user) => user.id}
        label={t('loadingPeople')}
        class="lines"
        empty={<Blank icon={<Users size={28} />} title={t('nobodyBegins')} />}
      >
        {(user) => <GovernedRow user={user()} onChange={changed} />}
      </PagedList>
    </>
  );
}
