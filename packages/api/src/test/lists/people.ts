import type { Fixtures } from './scene.ts';

export const peopleLists: Fixtures = {
  'admin.audit': async ({ mia }) => {
    let n = 0;
    const write = () => mia.api.admin.updateSettings({ editWindow: ++n * 1_000 }); // mia was the first here, so she is the admin
    for (let i = 0; i < 5; i++) await write();
    return {
      list: (input) => mia.api.admin.audit({ ...(input as object), only: 'acts' }),
      key: (a: { id: string }) => a.id,
      write,
      size: 5,
    };
  },
  'admin.reports': async ({ world, mia, tama, rangi }) => {
    const { id } = await world.direct(tama, rangi);
    const write = async () => {
      const { message } = await tama.api.messages.post({ conversationId: id, text: 'look' });
      await rangi.api.messages.report({ messageId: message.id, reason: 'this' });
    };
    for (let i = 0; i < 5; i++) await write();
    return { list: (input) => mia.api.admin.reports(input as never), key: (r: { id: string }) => r.id, write, size: 5 };
  },
  'admin.users': async ({ world, mia }) => {
    let n = 0;
    const write = () => world.person(`listed-person${n++}`);
    for (let i = 0; i < 4; i++) await write();
    return { list: (input) => mia.api.admin.users(input as never), key: (u: { id: string }) => u.id, write, size: 7 };
  },
  'auth.sessions': async ({ world, mia }) => {
    const signIn = () => world.anonymous.auth.signIn({ email: mia.email, password: 'correct horse mia' });
    for (let i = 0; i < 4; i++) await signIn();
    return { list: (input) => mia.api.auth.sessions(input as never), key: (s: { id: string }) => s.id, write: signIn, size: 5 };
  },
  'users.messages': async ({ mia, tama }) => {
    const post = () => tama.api.users.post({ userId: mia.id, text: 'kia ora' });
    for (let i = 0; i < 5; i++) await post();
    return {
      list: (input) => mia.api.users.messages({ userId: tama.id, ...input } as never),
      key: (m: { id: string }) => m.id,
      write: post,
      size: 5,
    };
  },
  'users.directMessages': async ({ mia, tama, rangi }) => {
    let n = 0;
    const post = () => (n++ % 2 ? tama : rangi).api.users.post({ userId: mia.id, text: 'kia ora' }); // in one millisecond, in two chats
    for (let i = 0; i < 5; i++) await post();
    return { list: (input) => mia.api.users.directMessages(input as never), key: (m: { id: string }) => m.id, write: post, size: 5 };
  },
  'users.correspondents': async ({ world, mia }) => {
    const others = await world.people('friend0', 'friend1', 'friend2', 'friend3', 'friend4', 'friend5', 'friend6');
    let n = 0;
    const post = async () => {
      world.clock.now++;
      await others[n++]?.api.users.post({ userId: mia.id, text: 'kia ora' });
    };
    for (let i = 0; i < 5; i++) await post();
    return {
      list: (input) => mia.api.users.correspondents({ userId: mia.id, ...input } as never),
      key: (u: { id: string }) => u.id,
      write: post,
      size: 5,
    };
  },
  'users.list': async ({ world, mia }) => {
    const more = (n: number) =>
      world.anonymous.users.create({ email: `paged${n}@example.nz`, password: 'correct horse', name: `Paged ${n}` });
    for (let i = 0; i < 5; i++) await more(i);
    let n = 5;
    return {
      list: (input) => mia.api.users.list({ query: 'paged', ...input } as never),
      key: (u: { id: string }) => u.id,
      write: () => more(n++),
      size: 5,
    };
  },
};
