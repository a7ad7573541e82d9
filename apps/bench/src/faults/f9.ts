import { setTimeout as pause } from 'node:timers/promises';
import { check, eventually, Recorder } from '@koreromai/testing';
import { dumpDatabase } from './dump.ts';
import { prepareGround } from './ground.ts';
import { openLine } from './line.ts';
import { invite, type Person } from './person.ts';
import type { Report } from './report.ts';

interface ZombieOptions {
  /** How many are removed, and how many signed out, while the server stands still. */
  readonly each: number;
  /** Milliseconds that it stands still. */
  readonly standing: number;
  readonly redisUrl?: string | undefined;
}

/**
 * F9: one of two servers is stopped; meanwhile people who listen to it are removed or signed out through the other, and things are said that
 * they must not hear, and those who were signed out ask for them. When it goes on, none of it may come out of it.
 */
export async function wakeZombie({ each, standing, redisUrl }: ZombieOptions): Promise<Report> {
  await using ground = await prepareGround('mysql', { nodes: 2, ...(redisUrl ? { redisUrl } : {}) });
  const [a = '', b = ''] = ground.urls;
  const servers = [await ground.start(), await ground.start(undefined, 1)];
  const recorder = new Recorder();
  const out = { calls: b, feed: a };
  const owner = await invite(0, out, recorder);
  const bystander = await invite(1, out, recorder);
  const removed: Person[] = [];
  const revoked: { person: Person; bytes: string[]; ask: (conversationId: string) => Promise<unknown>[]; close: () => Promise<void> }[] =
    [];
  const groups: { id: string; removed: Person[]; revoked: typeof revoked }[] = [];
  for (let n = 2; removed.length < each; n += 8) {
    const own = { removed: [] as Person[], revoked: [] as typeof revoked };
    for (let i = 0; i < 4; i++) own.removed.push(await invite(n + i, out, recorder));
    for (let i = 4; i < 8; i++) {
      const person = await invite(n + i, out, new Recorder()); // entitled, but not let in: no invariant is about them
      const bytes: string[] = [];
      const line = openLine({ url: a, token: person.token, calls: 'socket', onOpen: () => {}, onBytes: (text) => void bytes.push(text) });
      await line.api.session.snapshot.query({});
      own.revoked.push({
        person,
        bytes,
        ask: (conversationId) => [
          line.api.messages.list.query({ conversationId }),
          line.api.messages.post.mutate({ conversationId, text: 'I was signed out' }),
        ],
        close: () => line.close(),
      });
    }
    const people = [bystander, ...own.removed, ...own.revoked.map((r) => r.person)].map((p) => p.email);
    const made = await owner.line.api.conversations.create.mutate({ kind: 'group', people, name: `Group ${n}` });
    if (made.status === 'created') groups.push({ id: made.conversation.id, ...own });
    removed.push(...own.removed);
    revoked.push(...own.revoked);
  }
  const everybody = [owner, bystander, ...removed, ...revoked.map((r) => r.person)];
  const holds = (person: Person) => groups.some(({ id }) => person.ledger.held(id) !== null);
  await eventually('all to be in their groups', () => everybody.every(holds), { within: 30_000 });

  process.kill(servers[0]?.pid ?? 0, 'SIGSTOP');
  const canaries: string[] = [];
  const asked: Promise<unknown>[] = [];
  for (const { id: conversationId, removed: gone, revoked: ended } of groups) {
    for (const { id: userId } of gone) await owner.line.api.members.remove.mutate({ conversationId, userId });
    for (const { person } of ended) {
      const elsewhere = openLine({ url: b, token: person.token, calls: 'http', onOpen: () => {}, onBytes: () => {} });
      await elsewhere.api.auth.signOut.mutate();
      await elsewhere.close();
    }
    const id = crypto.randomUUID();
    const attempt = recorder.attempt({ process: owner.email, user: owner.id, conversationId, messageId: id, text: 'canary' });
    const { message } = await owner.line.api.messages.post.mutate({ conversationId, id, text: 'canary' });
    attempt.ok(message.seq);
    canaries.push(id);
    for (const one of ended) asked.push(...one.ask(conversationId).map((answer) => answer.catch(() => 'refused')));
  }
  await pause(standing);
  process.kill(servers[0]?.pid ?? 0, 'SIGCONT');
  const heard = () => canaries.every((id) => bystander.ledger.sightings.some((s) => 'messageId' in s && s.messageId === id));
  await eventually('the bystander at that server to hear all of it', heard, { within: 30_000 });
  const answers = await Promise.all(asked.map((ask) => Promise.race([ask, pause(5_000, 'refused')])));
  await Promise.all([owner, bystander, ...removed].map((p) => p.watcher.settled()));

  const leaks = revoked.filter(({ person, bytes }) => {
    const wire = bytes.join('');
    const shown = person.ledger.sightings.some((s) => 'messageId' in s && canaries.includes(s.messageId ?? ''));
    return shown || canaries.some((id) => wire.includes(id));
  });
  const troubles = leaks.map(({ person }) => `${person.email} was signed out and was told what was said afterwards.`);
  if (answers.some((answer) => answer !== 'refused')) troubles.push('Somebody who was signed out was answered.');
  await Promise.all([...everybody.map((p) => p.close()), ...revoked.map((r) => r.close())]);
  for (const server of servers) await server.stop();
  const database = await dumpDatabase(ground.databaseUrl);
  const late = database.messages.filter((m) => revoked.some(({ person }) => person.id === m.authorId));
  if (late.length > 0) troubles.push(`${late.length} messages were written by people who had been signed out.`);
  const verdict = check(recorder.history(database));
  const did = { removed: removed.length, 'signed out': revoked.length, canaries: canaries.length, asked: asked.length };
  return { name: 'F9 mysql', did, verdict, troubles, notes: `stood still for ${standing} ms, ${redisUrl ? 'with' : 'without'} Redis` };
}
