import { type RoomSort, roomSort } from '@koreromai/contract';
import { A, useSearchParams } from '@solidjs/router';
import Hash from 'lucide-solid/icons/hash';
import Plus from 'lucide-solid/icons/plus';
import { Page } from '../conversations/page.tsx';
import { useClient } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createNow } from '../ui/clock.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Select } from '../ui/select.tsx';
import { RoomRow } from './room-row.tsx';
import './rooms.css';
import { t } from './words.ts';

const sorts = [
  { value: 'activity', text: 'latestActivity' },
  { value: 'recent', text: 'whereILast' },
  { value: 'mine', text: 'whereIMost' },
  { value: 'name', text: 'name' },
] as const satisfies readonly { value: RoomSort; text: string }[];

/** /rooms – every room one may know of (UI38). What is looked for stands in the address, so that Back comes back to it. */
export default function RoomsPage() {
  const client = useClient();
  const now = createNow();
  const [params, setParams] = useSearchParams<{ q: string; sort: string }>();
  const query = () => (typeof params.q === 'string' ? params.q : '');
  const sort = (): RoomSort => roomSort.safeParse(params.sort).data ?? 'activity';
  const rooms = createPaged(
    () => ({ query: query(), sort: sort() }),
    (asked, cursor) => client.api.rooms.list.query({ ...asked, cursor, limit: 30 }),
  );
  return (
    <Page
      title={t('rooms')}
      actions={
        <A href="/rooms/new" class="button button-quiet">
          <Plus size={18} aria-hidden="true" />
          {t('newRoom')}
        </A>
      }
    >
      <div class="toolbar">
        <SearchField label={t('searchRooms')} value={query()} onSearch={(q) => setParams({ q: q || null }, { replace: true })} />
        <Select
          label={t('sortBy')}
          quiet
          value={sort()}
          options={sorts.map(({ value, text }) => ({ value, text: t(text) }))}
          onChoose={(chosen) => setParams({ sort: chosen }, { replace: true })}
        />
      </div>
      <PagedList of={rooms} by={(room) => room.id} label={t('loadingRooms')} empty={<NoRooms query={query()} />}>
        {(room) => (
          <RoomRow
            room={room()}
            now={now()}
            onChange={(changed) => rooms.change((all) => all.map((each) => (each.id === changed.id ? changed : each)))}
          />
        )}
      </PagedList>
    </Page>
  );
}

function NoRooms(props: { query: string }) {
  return (
    <Blank
      icon={<Hash size={28} />}
      title={props.query === '' ? t('noRooms') : t('noRoomCalled')}
      action={
        <A href="/rooms/new" class="button button-primary">
          {t('openARoom')}
        </A>
      }
    >
      <p>{t('whatRoomsAre')}</p>
    </Blank>
  );
}
