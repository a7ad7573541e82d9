import Users from 'lucide-solid/icons/users';
import { createSignal, Show } from 'solid-js';
import { useClient, useMe } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { PersonLine } from './person-line.tsx';

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
        <Blank icon={<Users size={28} />} title="There is no directory here">
          <p>Those who run this server do not show who is here. Add people by their e-mail address or username.</p>
        </Blank>
      }
    >
      <SearchField label="Find people" placeholder="Name or username" value={query()} onSearch={setQuery} />
      <PagedList
        of={people}
        by={(user) => user.id}
        label="Loading people"
        class="lines"
        empty={
          <Blank icon={<Users size={28} />} title="Nobody is called that">
            <p>Try the beginning of a name or of a username. E-mail addresses are not searched.</p>
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
