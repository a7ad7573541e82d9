import type { User } from '@koreromai/contract';
import { createSignal, type JSX, Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { PersonLine } from './person-line.tsx';
import { t } from './words.ts';

const FEW = 8;

/** Finds people by name or username, each with what can be done with them. */
export function PersonFinder(props: { label: string; action: (user: User) => JSX.Element }) {
  const client = useClient();
  const [query, setQuery] = createSignal('');
  const found = createPaged(query, (now, cursor) =>
    now === '' ? Promise.resolve({ items: [], nextCursor: null }) : client.api.users.list.query({ query: now, cursor, limit: FEW }),
  );
  return (
    <div class="finder">
      <SearchField label={props.label} placeholder={t('nameOrUsername')} value={query()} onSearch={setQuery} focusAtOnce />
      <Show when={query() !== ''}>
        <PagedList
          of={found}
          by={(user) => user.id}
          label={t('lookingForPeople')}
          class="lines"
          empty={<p class="field-hint">{t('finderEmpty')}</p>}
        >
          {(user) => (
            <li class="member">
              <PersonLine user={user()}>{props.action(user())}</PersonLine>
            </li>
          )}
        </PagedList>
      </Show>
    </div>
  );
}
