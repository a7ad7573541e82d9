import { previewKept } from '../../previews/changes.ts';
import { linksIn } from '../../previews/links.ts';
import type { Fixtures } from './scene.ts';

export const messagesLists: Fixtures = {
  'drafts.list': async ({ world, mia, tama, rangi }) => {
    const begin = async () => {
      const { id } = await world.group(mia, [tama, rangi]);
      await mia.api.drafts.set({ conversationId: id, text: 'begun' });
    };
    for (let i = 0; i < 5; i++) await begin();
    return {
      list: (input) => mia.api.drafts.list(input as never),
      key: (d: { conversationId: string }) => d.conversationId,
      write: begin,
      size: 5,
    };
  },
  'reads.list': async ({ world, mia, tama, rangi }) => {
    const more = await world.people('reader1', 'reader2', 'reader3');
    const { id: conversationId } = await world.group(mia, [tama, rangi, ...more]);
    return {
      list: (input) => mia.api.reads.list({ conversationId, ...input } as never),
      key: (r: { user: { id: string } }) => r.user.id,
      write: () => tama.api.messages.post({ conversationId, text: 'read this' }),
      size: 5,
    };
  },
  'messages.hidden': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const hide = async () => {
      const { message } = await tama.api.messages.post({ conversationId: id, text: 'kia ora' });
      await mia.api.messages.delete({ messageId: message.id, for: 'me' });
    };
    for (let i = 0; i < 5; i++) await hide();
    return { list: (input) => mia.api.messages.hidden(input as never), key: (m: { id: string }) => m.id, write: hide, size: 5 };
  },
  'messages.revisions': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const { message } = await tama.api.messages.post({ conversationId: id, text: 'draft 0' });
    let n = 1;
    const edit = () => tama.api.messages.edit({ messageId: message.id, text: `draft ${n++}` });
    for (let i = 0; i < 5; i++) await edit();
    return {
      list: (input) => mia.api.messages.revisions({ messageId: message.id, ...input } as never),
      key: (r: { version: number }) => String(r.version),
      write: edit,
      size: 5,
    };
  },
  'previews.list': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const text = ['one', 'two', 'three'].map((name) => `https://${name}.example.nz/`).join(' ');
    const { message } = await tama.api.messages.post({ conversationId: id, text });
    const said = { title: 'He kupu', description: '', site: '' };
    for (const link of linksIn(text)) await world.services.lane.change(previewKept, { link, said, image: null });
    return {
      list: (input) => mia.api.previews.list({ messageId: message.id, ...input } as never),
      key: (p: { url: string }) => p.url,
      write: () => tama.api.messages.post({ conversationId: id, text }),
      size: 3,
    };
  },
  'reactions.list': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const { message } = await tama.api.messages.post({ conversationId: id, text: 'kia ora' });
    const react = (emoji: string) => mia.api.reactions.add({ messageId: message.id, emoji });
    for (const emoji of ['👍', '🎉', '😀', '🚀']) await react(emoji);
    await tama.api.reactions.like({ messageId: message.id });
    return {
      list: (input) => mia.api.reactions.list({ messageId: message.id, ...input } as never),
      key: (r: { emoji: string; user: { id: string } }) => `${r.user.id} ${r.emoji}`,
      write: () => react('🐦'),
      size: 5,
    };
  },
  'messages.list': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const post = () => tama.api.messages.post({ conversationId: id, text: 'kia ora' });
    for (let i = 0; i < 5; i++) await post();
    return {
      list: (input) => mia.api.messages.list({ conversationId: id, ...input } as never),
      key: (m: { id: string }) => m.id,
      write: post,
      size: 5,
    };
  },
  'search.messages': async ({ world, mia, tama, rangi }) => {
    const [{ id }, other] = [await world.direct(mia, tama), await world.direct(mia, rangi)];
    const chats = [() => tama.api.messages.post({ conversationId: id, text: 'pīwakawaka' })];
    chats.push(() => rangi.api.messages.post({ conversationId: other.id, text: 'He pīwakawaka' }));
    let n = 0;
    const post = async () => {
      await chats[n++ % 2]?.(); // in one millisecond, in two chats
      await world.services.caughtUp();
    };
    for (let i = 0; i < 5; i++) await post();
    return {
      list: (input) => mia.api.search.messages({ q: 'piwakawaka', ...input } as never),
      key: (m: { id: string }) => m.id,
      write: post,
      size: 5,
    };
  },
};
