import type { Frame, Self } from '@koreromai/contract';
import fc from 'fast-check';
import { type Applied, apply } from '../apply.ts';
import { dropConversation } from '../held.ts';
import { fromSnapshot, repaired } from '../snapshot.ts';
import { emptyState, type State } from '../state.ts';
import { emptyTimeline, withNewest } from '../timeline.ts';
import { as, type Caller } from './caller.ts';
import { createWorld, type World } from './world.ts';

/** One thing that somebody does; numbers choose among whoever and whatever there is. */
export interface Deed {
  verb: 'post' | 'read' | 'add' | 'remove' | 'leave' | 'rename' | 'invite' | 'create';
  who: number;
  what: number;
}
export const deed = fc.record<Deed>({
  verb: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Deed['verb']>('post') },
    { weight: 5, arbitrary: fc.constantFrom<Deed['verb'][]>('read', 'add', 'remove', 'leave', 'rename', 'invite', 'create') },
  ),
  who: fc.nat(99),
  what: fc.nat(99),
});

/** A world with four people, of whom `me` watches, and three chats that have a past. */
export function arrange(): { world: World; people: Self[]; me: Caller } {
  const world = createWorld();
  const people = ['aroha', 'bill', 'chen', 'dora'].map(world.addPerson);
  const [me, ...others] = people.map((person) => as(world, person));
  if (!me) throw new Error('nobody watches');
  const ids = others.map((other) => other.me.id);
  const direct = me.create('direct', ids.slice(0, 1), null);
  const group = me.create('group', ids, 'Whānau');
  others[0]?.create('group', [me.me.id, ...ids.slice(1, 2), 'new@example.org'], null);
  for (let n = 0; n < 5; n++) others[0]?.post(n % 2 ? direct.id : group.id, world.newId(), `kia ora ${n}`);
  return { world, people, me };
}

/** Does it, if that person may; gives what the watcher is told of it, as the server would at that moment. */
export function act(world: World, watcher: Caller, { verb, who, what }: Deed): Frame[] {
  const before = world.log.entries.length;
  const person = [...world.people.values()][who % world.people.size];
  const other = [...world.people.values()][what % world.people.size];
  const chats = [...world.chats.values()];
  const chat = chats[what % chats.length];
  if (person && other && chat) perform(as(world, person), verb, chat.id, other, what, world);
  return world.log.entries.slice(before).flatMap((entry) => watcher.frameFor(entry) ?? []);
}

function perform(caller: Caller, verb: Deed['verb'], chat: string, other: Self, what: number, world: World): void {
  // A direct chat is always the same two people's, and has no name.
  if (world.chats.get(chat)?.kind === 'direct' && !['post', 'read', 'create'].includes(verb)) return;
  try {
    if (verb === 'post') caller.post(chat, world.newId(), `message ${what}`);
    else if (verb === 'read') caller.read(chat, caller.get(chat).seq - (what % 4));
    else if (verb === 'add') caller.update(chat, { add: [other.id] });
    else if (verb === 'remove') caller.update(chat, { remove: [other.id] });
    else if (verb === 'leave') caller.leave(chat);
    else if (verb === 'rename') caller.update(chat, { name: `name ${what}` });
    else if (verb === 'invite') caller.update(chat, { add: [`friend${what}@example.org`] });
    else caller.create('group', [other.id], null);
  } catch {
    // a refusal: nothing happened
  }
}

/** What a client that starts now would show, with every timeline open. */
export function freshState(me: Caller): State {
  const state = fromSnapshot(emptyState, me.snapshot());
  const timelines = Object.values(state.conversations).map(({ id, seq }) => [
    id,
    withNewest(emptyTimeline(seq), me.messages(id, null, 1_000), seq),
  ]);
  return { ...state, timelines: Object.fromEntries(timelines) };
}

/** Applies a frame and answers whatever it asks, from what is true now. */
export function applyAnswered(state: State, frame: Frame, me: Caller): State {
  const { state: next, asks }: Applied = apply(state, frame);
  return asks.reduce((held, ask) => {
    if (ask.type === 'snapshot') return reopened(held, me);
    return ask.type === 'conversation' ? fetched(held, ask.id, me) : held;
  }, next);
}

function reopened(state: State, me: Caller): State {
  const afresh = fromSnapshot(state, me.snapshot());
  return Object.keys(afresh.timelines).reduce((held, id) => fetched(held, id, me), afresh);
}

function fetched(state: State, id: string, me: Caller): State {
  try {
    return repaired(state, me.get(id), me.messages(id, null, 1_000));
  } catch {
    return dropConversation(state, id);
  }
}

/** The parts of a state that a person can tell apart, for comparing. */
export function seen(state: State) {
  const messages = Object.entries(state.timelines).map(([id, timeline]) => [id, timeline.messages.map((message) => message.id)]);
  return { userSeq: state.userSeq, conversations: state.conversations, messages: Object.fromEntries(messages) };
}

/** Whoever compares with a fresh client has only the timelines that the other one opened. */
export function seenOf(fresh: State, open: State) {
  const all = seen(fresh);
  return { ...all, messages: Object.fromEntries(Object.entries(all.messages).filter(([id]) => open.timelines[id])) };
}
