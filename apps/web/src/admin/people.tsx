import type { AdminUser } from '@koreromai/contract';
import Users from 'lucide-solid/icons/users';
import { createSignal } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { GovernedRow } from './governed-row.tsx';

/** Everybody with an account: their roles, and who is suspended. */
export function People() {
  const { admin } = useClient().api;
  const [query, setQuery] = createSignal('');
  const people = createPaged(query, (begins, cursor) => admin.users.query({ ...(begins !== '' && { query: begins }), cursor, limit: 30 }));
  const changed = (user: AdminUser) => people.change((held) => held.map((each) => (each.id === user.id ? user : each)));
  return (
    <>
      <SearchField label="Find people" placeholder="How a username or e-mail begins" value={query()} onSearch={setQuery} />
      <PagedList
        of={people}
        by={(user) => user.id}
        label="Loading people"
        class="lines"
        empty={<Blank icon={<Users size={28} />} title="Nobody’s username or address begins like that" />}
      >
        {(user) => <GovernedRow user={user()} onChange={changed} />}
      </PagedList>
    </>
  );
}
