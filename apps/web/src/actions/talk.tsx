import { type Message, refusalOf } from '@koreromai/client';
import { type Accessor, createContext, createSelector, createSignal, type ParentProps, useContext } from 'solid-js';
import type { Viewed } from '../attachments/viewed.ts';
import { reasonOf } from '../language/refusals.ts';
import { useClient } from '../session/session.tsx';
import type { Spot } from '../ui/spot.ts';
import { toast } from '../ui/toast.tsx';

export interface Menu extends Spot {
  readonly message: Message;
}
export interface Picking extends Spot {
  readonly choose: (emoji: string) => void;
}

/** What goes on in one chat on this screen: what is answered, rewritten, pointed at and opened. Nothing of it outlives the chat. */
export interface Talk {
  readonly answering: Accessor<Message | null>;
  answer(message: Message | null): void;
  readonly editing: Accessor<Message | null>;
  edit(message: Message | null): void;
  /** The message under the pointer or the focus. */
  isActive(messageId: string): boolean;
  activate(messageId: string | null): void;
  readonly menu: Accessor<Menu | null>;
  openMenu(menu: Menu | null): void;
  readonly picking: Accessor<Picking | null>;
  pick(picking: Picking | null): void;
  readonly viewing: Accessor<Viewed | null>;
  view(viewed: Viewed | null): void;
  readonly deleting: Accessor<Message | null>;
  askToDelete(message: Message | null): void;
  readonly reporting: Accessor<Message | null>;
  report(message: Message | null): void;
  /** Shows the message with that seq, loading what lies between; the timeline says how. */
  jump(seq: number): void;
  onJump(go: (seq: number) => void): void;
  /** Turns my reaction on or off, and says why when the server refuses. */
  toggle(message: Message, emoji: string): void;
}

export function createTalk(): Talk {
  const client = useClient();
  const [answering, answer] = createSignal<Message | null>(null);
  const [editing, edit] = createSignal<Message | null>(null);
  const [active, activate] = createSignal<string | null>(null);
  const [menu, openMenu] = createSignal<Menu | null>(null);
  const [picking, pick] = createSignal<Picking | null>(null);
  const [viewing, view] = createSignal<Viewed | null>(null);
  const [deleting, askToDelete] = createSignal<Message | null>(null);
  const [reporting, report] = createSignal<Message | null>(null);
  let go = (_seq: number) => {};
  const said = (error: unknown) => toast(reasonOf(refusalOf(error)));
  return {
    answering,
    answer(message) {
      edit(null);
      answer(message);
    },
    editing,
    edit(message) {
      if (message !== null) answer(null);
      edit(message);
    },
    isActive: createSelector(active),
    activate,
    menu,
    openMenu,
    picking,
    pick,
    viewing,
    view,
    deleting,
    askToDelete,
    reporting,
    report,
    jump: (seq) => go(seq),
    onJump(next) {
      go = next;
    },
    toggle(message, emoji) {
      const liked = emoji === 'like';
      const mine = liked ? message.likedByMe : message.reactions.some((each) => each.emoji === emoji && each.mine);
      if (liked) void (mine ? client.unlike(message.id) : client.like(message.id)).catch(said);
      else void (mine ? client.unreact(message.id, emoji) : client.react(message.id, emoji)).catch(said);
    },
  };
}

const TalkContext = createContext<Talk>();

export function TalkProvider(props: ParentProps<{ talk: Talk }>) {
  return <TalkContext.Provider value={props.talk}>{props.children}</TalkContext.Provider>;
}

export function useTalk(): Talk {
  const talk = useContext(TalkContext);
  if (talk === undefined) throw new Error('This component needs a TalkProvider above it.');
  return talk;
}
