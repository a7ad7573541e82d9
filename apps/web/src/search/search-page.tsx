import type { Message } from '@koreromai/contract';
import { useSearchParams } from '@solidjs/router';
import Search from 'lucide-solid/icons/search';
import { Show } from 'solid-js';
import { Page } from '../conversations/page.tsx';
import { useClient } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, filtersOf, inputOf } from './filters.ts';
import { FoundMessage } from './found-message.tsx';
import { createResolve } from './resolve.ts';
import { wordsOf } from './terms.ts';
import './search.css';
import { t } from './words.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const none = { items: [] as Message[], nextCursor: null };

/** /search – everywhere, or in one chat (UI27). All of it stands in the address, so that Back returns to what was found. */
export default function SearchPage() {
  const client = useClient();
  const now = createNow();
  const [params, setParams] = useSearchParams();
  const filters = (): Filters => filtersOf(params);
  const change = (part: Partial<Filters>) =>
    setParams(Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value || null])), { replace: true });
  const resolve = createResolve(change);
  const input = () => inputOf(filters(), zone);
  const found = createPaged(
    () => JSON.stringify(input()),
    (_key, cursor) => {
      const asked = input();
      return asked === null ? Promise.resolve(none) : client.api.search.messages.query({ ...asked, cursor, limit: 30 });
    },
  );
  return (
    <Page title={t('search')}>
      <div class="search-top">
        <SearchField
          label={t('searchMessages')}
          placeholder={t('placeholder')}
          value={filters().q}
          onSearch={(text) => void resolve(text)}
          focusAtOnce={filters().q === ''}
        />
        <FilterBar filters={filters()} onChange={change} />
      </div>
      <Show when={input() !== null} fallback={<Hint />}>
        <p class="quiet" role="status">
          {found.busy() ? '' : t(found.more() ? 'foundOrMore' : 'found', found.items()?.length ?? 0)}
        </p>
        <PagedList of={found} by={(message) => message.id} label={t('searching')} class="found" empty={<Nothing />}>
          {(message) => <FoundMessage message={message()} words={wordsOf(filters().q)} now={now()} />}
        </PagedList>
      </Show>
    </Page>
  );
}

const Hint = () => (
  <Blank icon={<Search size={28} />} title={t('findWhatWasSaid')}>
    <p>
      {t('hint')} <i>korero</i> {t('finds')} <i>kōrero</i>.
    </p>
  </Blank>
);

const Nothing = () => (
  <Blank icon={<Search size={28} />} title={t('nothingFound')}>
    <p>{t('nothingFoundHint')}</p>
  </Blank>
);
