import { newId } from '@koreromai/db';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import { nobody } from './naming.ts';
import { messagePosted } from './post.ts';

eachDatabase('replies, and what is told of old messages', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'mia', 'tama', 'late']);

  /** A group with one message, a reply to it, and somebody who came between the two. */
  async function scene() {
    const { id: conversationId } = await cast.world.group(cast.owner, [cast.mia, cast.tama]);
    const old = (await cast.mia.api.messages.post({ conversationId, text: 'before late came' })).message;
    await cast.owner.api.members.add({ conversationId, person: cast.late.id });
    return { conversationId, old };
  }
  const reply = (conversationId: string, replyToId: string) => cast.tama.api.messages.post({ conversationId, text: 'indeed', replyToId });

  test('H3, C4: a reply quotes its parent for those who see that one, and says unavailable to those who do not', async () => {
    const { conversationId, old } = await scene();
    const { message } = await reply(conversationId, old.id);
    expect(message.replyTo).toMatchObject({ id: old.id, seq: old.seq, text: 'before late came', deleted: false });
    expect((await cast.late.api.messages.get({ messageId: message.id })).replyTo).toEqual({ unavailable: true });
    const [last] = (await cast.late.api.messages.list({ conversationId })).items;
    expect(last?.replyTo).toEqual({ unavailable: true });
    expect((await cast.late.api.conversations.get({ conversationId })).lastMessage?.replyTo).toEqual({ unavailable: true });
    expect(await verdict(cast.late.api.messages.post({ conversationId, text: 'to what?', replyToId: old.id }))).toBe('NOT_FOUND');
    const elsewhere = await cast.world.group(cast.owner, [cast.mia, cast.tama]);
    expect(await verdict(reply(elsewhere.id, old.id)), 'a chat quotes its own messages only').toBe('NOT_FOUND');
    await cast.owner.api.messages.delete({ messageId: old.id, for: 'me' });
    expect((await cast.owner.api.messages.get({ messageId: message.id })).replyTo).toEqual({ unavailable: true });
    await cast.mia.api.messages.delete({ messageId: old.id });
    expect((await cast.tama.api.messages.get({ messageId: message.id })).replyTo).toMatchObject({ id: old.id, text: null, deleted: true });
  });

  test('C4: under the lock too a chat quotes its own messages only, whatever was looked at before', async () => {
    const { old } = await scene();
    const elsewhere = await cast.world.group(cast.tama, [cast.mia, cast.owner]);
    const author = elsewhere.members.find((member) => member.user.id === cast.tama.id)?.user;
    if (!author) throw new Error('Tama has just made it.');
    const post = { id: newId(cast.world.clock.now), conversationId: elsewhere.id, room: false, direct: null, author, named: nobody };
    const posted = cast.world.services.lane.change(messagePosted, { ...post, text: 'indeed', replyToId: old.id, attachmentIds: [] });
    expect(await verdict(posted)).toBe('NOT_FOUND');
  });

  test('H3: live and by replay, who came later hears nothing of older messages: no edit, reaction, deletion or quote', async () => {
    const { conversationId, old } = await scene();
    const from = await cast.world.services.log.head();
    const ear = cast.world.subscribe(cast.late, from);
    await eventually('the checkpoint', () => ear.frames.some(({ frame }) => frame.type === 'checkpoint'));
    await reply(conversationId, old.id);
    await cast.mia.api.messages.edit({ messageId: old.id, text: 'before late came, mended' });
    await cast.tama.api.reactions.add({ messageId: old.id, emoji: '🎉' });
    await cast.mia.api.messages.delete({ messageId: old.id });
    const { message: end } = await cast.mia.api.messages.post({ conversationId, text: 'the end' });
    const told = (frames: typeof ear.frames) => frames.some(({ frame }) => frame.type === 'message.created' && frame.message.id === end.id);
    await eventually('the end', () => told(ear.frames));
    await ear.stop();
    const again = cast.world.subscribe(cast.late, from);
    await eventually('the end', () => told(again.frames));
    await again.stop();
    for (const frames of [ear.frames, again.frames]) {
      const heard = JSON.stringify(frames);
      expect(heard).not.toContain('before late came');
      expect(heard).not.toContain('🎉');
      expect(heard).not.toContain(old.id);
      expect(frames.filter(({ frame }) => frame.type === 'skip')).toHaveLength(3);
    }
  });

  test('D-del1, H3: what I hid or cleared does not come back to me by a frame', async () => {
    const { conversationId, old } = await scene();
    await cast.tama.api.messages.delete({ messageId: old.id, for: 'me' });
    await cast.owner.api.conversations.clear({ conversationId });
    const from = await cast.world.services.log.head();
    const ears = [cast.world.subscribe(cast.tama, from), cast.world.subscribe(cast.owner, from)];
    for (const ear of ears) await eventually('the checkpoint', () => ear.frames.some(({ frame }) => frame.type === 'checkpoint'));
    await cast.mia.api.messages.edit({ messageId: old.id, text: 'mended words' });
    const { message: end } = await cast.mia.api.messages.post({ conversationId, text: 'the end', replyToId: old.id });
    for (const ear of ears) {
      await eventually('the end', () => ear.frames.some(({ frame }) => frame.type === 'message.created' && frame.message.id === end.id));
      await ear.stop();
      expect(JSON.stringify(ear.frames)).not.toContain('mended words');
    }
  });
});
