import type { Room } from '@koreromai/contract';
import { Show } from 'solid-js';
import { PersonLine } from '../people/person-line.tsx';
import { useClient, useMe } from '../session/session.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { t } from './words.ts';

const names = { owner: 'owner', admin: 'admin', member: undefined } as const;

/** Who follows a room, a page at a time: there may be thousands. */
export function RoomPeople(props: { room: Room }) {
  const client = useClient();
  const me = useMe();
  const people = createPaged(
    () => `${props.room.id} ${props.room.following}`,
    (_now, cursor) => client.api.members.list.query({ conversationId: props.room.id, cursor, limit: 20 }),
  );
  return (
    <section class="details-part" aria-labelledby="followers-title">
      <div class="details-part-head">
        <h3 id="followers-title">{t('whoFollows')}</h3>
        <Show when={props.room.followers}>{(count) => <span class="field-hint">{t('followers', count())}</span>}</Show>
      </div>
      <PagedList
        of={people}
        by={(member) => member.user.id}
        label={t('loadingFollowers')}
        class="lines"
        empty={<p class="field-hint">{t('nobodyYet')}</p>}
      >
        {(member) => (
          <li class="member">
            <PersonLine user={member().user} me={member().user.id === me().id}>
              <Show when={names[member().role]}>{(name) => <span class="tag">{t(name())}</span>}</Show>
            </PersonLine>
          </li>
        )}
      </PagedList>
    </section>
  );
}
