import type { RoomListEntry, User } from '@koreromai/contract';
import UserMinus from 'lucide-solid/icons/user-minus';
import { createSignal } from 'solid-js';
import { PersonFinder } from '../people/person-finder.tsx';
import { PersonLine } from '../people/person-line.tsx';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { t } from './words.ts';

/** Who is let in and who is kept out, for those who keep the room. Nobody can be on both: the newer word holds (Q2). */
export function RoomLists(props: { roomId: string }) {
  const { rooms } = useClient().api;
  const [turn, setTurn] = createSignal(0);
  const changed = () => setTurn((now) => now + 1);
  const on = (userId: string) => ({ roomId: props.roomId, userId });
  return (
    <>
      <RoomList
        title={t('allowed')}
        verb={t('allow')}
        choose={t('allowSomebody')}
        verbOf={(name) => t('allowOf', name)}
        empty={t('nobodyAllowed')}
        turn={turn()}
        page={(cursor) => rooms.allowed.query({ roomId: props.roomId, cursor })}
        add={(user) => rooms.allow.mutate(on(user.id))}
        remove={(user) => rooms.disallow.mutate(on(user.id))}
        onChange={changed}
      />
      <RoomList
        title={t('keptOut')}
        verb={t('keepOut')}
        choose={t('keepOutSomebody')}
        verbOf={(name) => t('keepOutOf', name)}
        empty={t('nobodyDenied')}
        turn={turn()}
        page={(cursor) => rooms.denied.query({ roomId: props.roomId, cursor })}
        add={(user) => rooms.deny.mutate(on(user.id))}
        remove={(user) => rooms.undeny.mutate(on(user.id))}
        onChange={changed}
      />
    </>
  );
}

interface RoomListProps {
  title: string;
  verb: string;
  /** What opens the dialog, and its title. */
  choose: string;
  verbOf: (name: string) => string;
  empty: string;
  /** Another number: somebody was put on a list, here or on the other one. */
  turn: number;
  page: (cursor: string | null) => Promise<{ items: RoomListEntry[]; nextCursor: string | null }>;
  add: (user: User) => Promise<unknown>;
  remove: (user: User) => Promise<unknown>;
  onChange: () => void;
}

function RoomList(props: RoomListProps) {
  const [open, setOpen] = createSignal(false);
  const entries = createPaged(
    () => props.turn,
    (_turn, cursor) => props.page(cursor),
  );
  const adding = createCommand(async (user: User) => {
    await props.add(user);
    setOpen(false);
    props.onChange();
  });
  const removing = createCommand(async (user: User) => {
    await props.remove(user);
    props.onChange();
  });
  return (
    <section class="details-part" aria-label={props.title}>
      <div class="details-part-head">
        <h3>{props.title}</h3>
        <Button look="quiet" onClick={() => setOpen(true)}>
          {props.choose}
        </Button>
      </div>
      <PagedList
        of={entries}
        by={(entry) => entry.user.id}
        label={t('loadingList', props.title)}
        class="lines"
        empty={<p class="field-hint">{props.empty}</p>}
      >
        {(entry) => (
          <li class="member">
            <PersonLine user={entry().user}>
              <IconButton label={t('takeOff', entry().user.name)} onClick={() => void removing.run(entry().user)}>
                <UserMinus size={18} aria-hidden="true" />
              </IconButton>
            </PersonLine>
          </li>
        )}
      </PagedList>
      <Dialog open={open()} onClose={() => setOpen(false)} title={`${props.choose}`}>
        <PersonFinder
          label={t('findPeople')}
          action={(user) => (
            <Button busy={adding.busy()} aria-label={props.verbOf(user.name)} onClick={() => void adding.run(user)}>
              {props.verb}
            </Button>
          )}
        />
      </Dialog>
    </section>
  );
}
