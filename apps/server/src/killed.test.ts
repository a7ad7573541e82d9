import { eachDatabase, eventually, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { call } from './test/http.ts';
import { folder, freePort, serving, startChild } from './test/process.ts';
import { type Out, reopen } from './test/server.ts';

type SignedUp = Out['auth']['signUp'];
const groups = 50;

eachDatabase('work that is killed half-way', (dialect) => {
  test('U5, G15: a server killed while somebody’s account departs and search reads goes on where it was: nothing lost, nothing twice', async () => {
    using data = folder();
    await using database = await freshDatabase(dialect);
    const env = { DATA_DIR: data.path, DATABASE_URL: database.url, RATE_LIMITS: 'off', PORT: String(await freePort()) };
    const password = 'correct horse';
    const ids: string[] = [];
    let [kills, going] = [0, true];
    let token = '';
    {
      await using child = startChild(env);
      await serving(child);
      const signUp = async (name: string) =>
        (await call(child.url, 'auth.signUp', { email: `${name}@example.nz`, password, name })).data as SignedUp;
      const [root, hana, mere] = [await signUp('root'), await signUp('hana'), await signUp('mere')];
      token = root.token;
      const people = [hana.user.id, mere.user.id];
      for (let i = 0; i < groups; i++) {
        const made = await call(child.url, 'conversations.create', { kind: 'group', people, name: `Group ${i}` }, { token });
        const { conversation } = made.data as { conversation: { id: string } };
        ids.push(conversation.id);
        for (const by of [root.token, hana.token])
          await call(child.url, 'messages.post', { conversationId: conversation.id, text: `pukeko ${i}` }, { token: by });
      }
      const gone = await call(child.url, 'users.deleteMe', { password, eraseMessages: true }, { token: hana.token });
      expect(gone.code).toBeNull();
      child.process.kill('SIGKILL'); // the answer is out, the job and the index are not done
      kills++;
    }
    const undone = async () => {
      const db = await reopen(database.url);
      const left = (await db.read.selectFrom('job').select(['kind', 'data']).execute()).filter((job) => job.kind === 'account.depart');
      await db.close();
      return left;
    };
    const begun = await undone();
    expect(begun, 'it was killed half-way').toHaveLength(1);
    for (const wait of [40, 120, 250, 400]) {
      await using child = startChild(env);
      await serving(child);
      const start = performance.now();
      while (performance.now() - start < wait) await call(child.url, 'users.me', undefined, { token });
      child.process.kill('SIGKILL');
      await child.ended;
      kills++;
      going = (await undone()).length > 0;
      if (!going) break;
    }

    const goOn = async () => {
      await using child = startChild(env);
      await serving(child);
      const finds = async (cursor: string | null = null): Promise<string[]> => {
        const page = (await call(child.url, 'search.messages', { q: 'pukeko', limit: 100, cursor }, { token }))
          .data as Out['search']['messages'];
        const here = page.items.map((m) => m.id);
        return page.nextCursor === null ? here : [...here, ...(await finds(page.nextCursor))];
      };
      const view = async (id: string) =>
        (await call(child.url, 'conversations.get', { conversationId: id }, { token })).data as Out['conversations']['get'];
      await eventually('the index', async () => (await finds()).length === groups);
      await eventually('the end of the farewell', async () => (await view(ids.at(-1) ?? '')).seats === 2);
      child.process.kill('SIGTERM'); // the step under way ends first
      await child.ended;
    };
    for (let starts = 0; starts === 0 || (starts < 10 && (await undone()).length > 0); starts++) await goOn();

    const db = await reopen(database.url);
    const found = await db.read
      .selectFrom('event')
      .select(['stream_id', 'type'])
      .where('type', 'in', ['member.left', 'message.deleted'])
      .execute();
    const jobs = await db.read.selectFrom('job').select('kind').execute();
    const heads = await db.read.selectFrom('stream').select(['id', 'seq']).execute();
    const events = await db.read
      .selectFrom('event')
      .select(({ fn }) => ['stream_id', fn.countAll().as('n')])
      .groupBy('stream_id')
      .execute();
    await db.close();
    const counts = new Map<string, number>();
    for (const { stream_id, type } of found)
      counts.set(`${stream_id.toString('hex')} ${type}`, (counts.get(`${stream_id.toString('hex')} ${type}`) ?? 0) + 1);
    process.stdout.write(`killed [${dialect}]: ${kills} kills, ${counts.size} facts told once each\n`);
    expect([...new Set(counts.values())]).toEqual([1]);
    expect(counts.size).toBe(2 * groups);
    expect(jobs.filter((job) => job.kind === 'account.depart')).toEqual([]);
    for (const { stream_id, n } of events) expect(Number(n)).toBe(Number(heads.find((h) => h.id.equals(stream_id))?.seq));
  });
});
