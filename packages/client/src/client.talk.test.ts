import { limits } from '@koreromai/contract';
import { expect, it } from 'vitest';
import { refusalOf } from './refusal.ts';
import { begin } from './test/begin.ts';
import { fileOf } from './test/caller.ts';
import { until } from './test/server.ts';
import { talkOf } from './test/talk.ts';

/** A chat that is open, with one message of mine and one of somebody else's. */
async function talking() {
  const here = await begin();
  const { client, chat, world, me, other } = here;
  await client.openConversation(chat);
  const mine = client.send(chat, 'ka pia');
  const theirs = other.post(chat, world.newId(), 'kia ora').message.id;
  const shown = (id: string) => client.store.get().timelines[chat]?.messages.find((message) => message.id === id);
  await until(() => shown(mine) !== undefined && shown(theirs) !== undefined, 'both messages');
  return Object.assign(here, { mine, theirs, shown, world, talk: talkOf(world, me.me), others: talkOf(world, other.me) });
}
const codeOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no refusal',
    (error: unknown) => refusalOf(error).code,
  );

it('UI13: an edit is shown at once, keeps its place, and others see it', async () => {
  await using here = await talking();
  const done = here.client.edit(here.mine, ' ka pai ');
  expect(here.shown(here.mine)).toMatchObject({ text: 'ka pai', version: 1, editedAt: expect.any(String) });
  await done;
  expect([here.shown(here.mine)?.version, here.others.get(here.mine).text]).toEqual([2, 'ka pai']);
});

it('UI13: an edit that is refused is undone, also in what quotes it', async () => {
  await using here = await talking();
  const answer = here.other.post(here.chat, here.world.newId(), 'what?', { replyToId: here.mine }).message.id;
  await until(() => here.shown(answer) !== undefined, 'the answer');
  here.world.log.record = () => {}; // the other device is faster, and its event is still on its way
  here.talk.edit(here.mine, 'elsewhere');
  const done = codeOf(here.client.edit(here.mine, 'here'));
  expect(here.shown(answer)?.replyTo).toMatchObject({ text: 'here' });
  expect(await done).toBe('VERSION_CONFLICT');
  expect([here.shown(here.mine)?.text, here.shown(here.mine)?.editedAt]).toEqual(['ka pia', null]);
  expect(here.shown(answer)?.replyTo).toMatchObject({ text: 'ka pia' });
  expect(await codeOf(here.client.edit(here.theirs, 'not mine'))).toBe('NOT_AUTHOR');
  expect(await codeOf(here.client.edit(here.mine, '  '))).toBe('EMPTY_MESSAGE');
  expect(here.shown(here.mine)?.text).toBe('ka pia');
});

it('UI14: what is hidden is gone at once, nobody else can tell, and undo brings it back, also from before the newest page', async () => {
  await using here = await talking();
  const done = here.client.hide(here.theirs);
  expect(here.shown(here.theirs)).toBeUndefined();
  await done;
  expect(here.other.messages(here.chat, null, 50).items.map((message) => message.id)).toContain(here.theirs);
  here.other.post(here.chat, here.world.newId(), 'between');
  await until(() => here.texts().at(-1) === 'between', 'what comes behind the event and what it asks for');
  for (let n = 0; n < 60; n++) here.other.post(here.chat, here.world.newId(), `later ${n}`);
  await until(() => here.texts().at(-1) === 'later 59', 'the last one');
  await here.client.unhide(here.theirs);
  expect(here.shown(here.theirs)?.text).toBe('kia ora');
});

it('UI14: what could not be hidden is back in its place', async () => {
  await using here = await talking();
  const before = here.texts();
  await here.server.away();
  await until(() => here.status() === 'reconnecting', 'reconnecting');
  expect(await codeOf(here.client.hide(here.mine))).toBe('NETWORK');
  expect(here.texts()).toEqual(before);
});

it('UI14: deleting for everyone leaves a tombstone; what is refused changes nothing', async () => {
  await using here = await talking();
  await here.client.deleteForEveryone(here.mine);
  await until(() => here.shown(here.mine)?.deleted === true, 'the tombstone');
  expect(await codeOf(here.client.deleteForEveryone(here.theirs))).toBe('FORBIDDEN');
  expect(here.shown(here.theirs)?.deleted).toBe(false);
});

it('UI19: a like and a reaction count at once, and once', async () => {
  await using here = await talking();
  here.others.react(here.theirs, '🎉', true);
  await until(() => here.shown(here.theirs)?.reactions.length === 1, 'the reaction of the other');
  const done = Promise.all([here.client.like(here.theirs), here.client.react(here.theirs, '🎉'), here.client.react(here.theirs, '👍')]);
  const now = () => ({ ...here.shown(here.theirs) });
  const expected = {
    likedByMe: true,
    likeCount: 1,
    reactions: [
      { emoji: '🎉', count: 2, mine: true },
      { emoji: '👍', count: 1, mine: true },
    ],
  };
  expect(now()).toMatchObject(expected);
  await done;
  expect(here.talk.get(here.theirs)).toMatchObject(expected);
  await until(() => here.client.store.get().conversations[here.chat]?.seq === here.world.log.headOf(here.chat), 'every event');
  expect(now()).toMatchObject(expected);
  await Promise.all([here.client.unlike(here.theirs), here.client.unreact(here.theirs, '🎉'), here.client.unreact(here.theirs, '👍')]);
  expect(here.talk.get(here.theirs)).toMatchObject({ likeCount: 0, reactions: [{ emoji: '🎉', count: 1, mine: false }] });
});

it('UI35: an answer quotes at once what it answers, and stands once', async () => {
  await using here = await talking();
  const id = here.client.send(here.chat, 'and you?', { replyToId: here.theirs });
  expect(here.client.store.get().outbox[0]).toMatchObject({ replyToId: here.theirs, replyTo: { text: 'kia ora', deleted: false } });
  const blind = here.client.send(here.chat, 'whatever', { replyToId: here.world.newId() });
  expect(here.client.store.get().outbox[1]?.replyTo).toEqual({ unavailable: true });
  await until(() => here.shown(blind) !== undefined, 'the answers');
  expect(here.shown(id)?.replyTo).toMatchObject({ id: here.theirs, text: 'kia ora' });
});

it('UI20: words and files go as one message, and files alone are one', async () => {
  await using here = await talking();
  const file = fileOf(here.world.newId());
  const id = here.client.send(here.chat, 'look', { attachments: [file] });
  const alone = here.client.send(here.chat, '', { attachments: [file] });
  expect(here.client.store.get().outbox.map((entry) => entry.status)).toEqual(['sending', 'sending']);
  await until(() => here.shown(alone) !== undefined, 'both');
  expect([here.shown(id)?.attachments, here.shown(alone)?.attachments]).toEqual([[file], [file]]);
});

it('N2: how far others have read is asked for once, told from then on, and asked again when the line is back', async () => {
  await using here = await talking();
  const id = here.other.me.id;
  const read = () => here.client.store.get().readBy[here.chat]?.[id];
  const seq = here.shown(here.mine)?.seq ?? 0;
  here.world.read(here.chat, id, seq - 1);
  await here.client.loadReadBy(here.chat);
  expect(read()).toBe(seq - 1);
  await here.server.away();
  here.world.read(here.chat, id, seq);
  await until(() => here.status() === 'reconnecting', 'reconnecting');
  await here.server.back();
  here.client.wake();
  await until(() => read() === seq, 'the mark');
});

it('UI10: drafts are read and written, and one of another device is told', async () => {
  await using here = await talking();
  here.talk.draft(here.chat, 'from the phone');
  await here.client.loadDrafts();
  expect(here.client.store.get().drafts).toEqual({ [here.chat]: 'from the phone' });
  await here.client.writeDraft(here.chat, '');
  expect([here.talk.drafts().items, here.client.store.get().drafts]).toEqual([[], {}]);
  here.talk.draft(here.chat, 'again');
  await until(() => here.client.store.get().drafts[here.chat] === 'again', 'the draft');
});

it('Q6: a room that is shown is told of without being followed, on one subscription, also behind a lost line and a fresh snapshot', async () => {
  await using here = await begin();
  const { client, other, world } = here;
  const room = other.create('room', [], 'Hāngī').id;
  const texts = () => client.store.get().timelines[room]?.messages.map(({ text }) => text);
  client.watchRooms([room]);
  await client.openConversation(room);
  other.post(room, world.newId(), 'one');
  await until(() => texts()?.at(-1) === 'one', 'one');
  await here.server.away();
  await until(() => here.status() === 'reconnecting', 'reconnecting');
  other.post(room, world.newId(), 'two');
  await here.server.back();
  client.wake();
  await until(() => texts()?.at(-1) === 'two', 'two');
  await here.server.away();
  await until(() => here.status() === 'reconnecting', 'reconnecting again');
  world.log.expire();
  other.post(room, world.newId(), 'three');
  world.log.expire();
  await here.server.back();
  client.wake();
  await until(() => texts()?.at(-1) === 'three', 'three');
  other.post(room, world.newId(), 'four');
  await until(() => texts()?.at(-1) === 'four', 'four');
  expect(world.log.readers).toBe(1);
  client.watchRooms([]);
  await until(() => here.server.seen.watched === 0, 'nothing watched');
  other.post(room, world.newId(), 'five');
  other.post(here.chat, world.newId(), 'elsewhere');
  await until(() => client.store.get().conversations[here.chat]?.lastMessage?.text === 'elsewhere', 'a later event');
  expect(texts()?.at(-1)).toBe('four');
  client.watchRooms([room]);
  await until(() => texts()?.at(-1) === 'five', 'what was missed');
});

it('no more rooms are asked for than one connection may carry', async () => {
  await using here = await begin();
  here.client.watchRooms(Array.from({ length: limits.socket.maxRooms + 1 }, () => here.world.newId()));
  await until(() => here.server.seen.watched === limits.socket.maxRooms, 'the bound');
});
