import { createDice, type Dialect, eventually, startProxy } from '@koreromai/testing';
import { figureOf } from './figures.ts';
import { prepareGround } from './ground.ts';
import { openLine, openStranger } from './line.ts';
import { createReader } from './reader.ts';
import { type Report, verdictOf } from './report.ts';

interface HalfOpenOptions {
  readonly dialect: Dialect;
  readonly sockets: number;
}

const people = 9;
/** Seconds within which the server lets go of who is gone without a word. */
const promised = 45;

/** F18: the line of many devices goes dark, with every connection left open. The server lets go of them, says that their people are gone, and has them back. */
export async function goDark({ dialect, sockets }: HalfOpenOptions): Promise<Report> {
  await using ground = await prepareGround(dialect);
  const server = await ground.start();
  await using proxy = await startProxy(ground.port, createDice(1));
  const members: { id: string; token: string; email: string }[] = [];
  for (let n = 0; n < people; n++) {
    const email = `person${n}@example.org`;
    const { user, token } = await openStranger(ground.url).auth.signUp.mutate({ email, password: `password of ${n}`, name: `Person ${n}` });
    members.push({ id: user.id, token, email });
  }
  const [owner, ...others] = members;
  const line = openLine({ url: ground.url, token: owner?.token ?? '', calls: 'http', onOpen: () => {}, onBytes: () => {} });
  const made = await line.api.conversations.create.mutate({ kind: 'group', people: others.map((m) => m.email), name: 'Dark' });
  const conversationId = made.status === 'created' ? made.conversation.id : '';
  const open = () => figureOf(ground.url, 'koreromai_connections{kind="socket"}');
  const userIds = others.map((m) => m.id);
  const online = async () => (await line.api.presence.list.query({ userIds })).items.filter((item) => item.online).length;

  const own = createReader({ origin: ground.url, token: owner?.token ?? '', conversationId });
  await own.connect();
  const away = Array.from({ length: sockets }, (_, n) =>
    createReader({ origin: `http://127.0.0.1:${proxy.port}`, token: others[n % others.length]?.token ?? '', conversationId }),
  );
  for (let n = 0; n < away.length; n += 50) await Promise.all(away.slice(n, n + 50).map((reader) => reader.connect()));
  const troubles: string[] = [];
  let acked = 0;
  let head = 0;
  const say = async (text: string) => {
    const { message } = await line.api.messages.post.mutate({ conversationId, text });
    acked++;
    head = message.seq;
  };
  await say('before');
  await eventually('all to hear', () => away.every((r) => r.head === head), { within: 20_000 });
  const [there, here] = [await open(), await online()];
  if (here !== userIds.length) troubles.push(`Only ${here} of ${userIds.length} people were told of as online.`);

  proxy.weather.blackhole = 'both';
  const dark = performance.now();
  await say('in the dark');
  await eventually('the server to let go', async () => (await open()) <= there - sockets, { within: 90_000, every: 250 }).catch(() => {});
  const seconds = (performance.now() - dark) / 1_000;
  const reaped = there - (await open());
  if (seconds > promised)
    troubles.push(`It took ${seconds.toFixed(1)} s to let go of ${reaped} of ${sockets} sockets: ${promised} are promised.`);
  await eventually('their people to be away', async () => (await online()) === 0, { within: 20_000, every: 250 }).catch(() => {});
  const still = await online();
  if (still > 0) troubles.push(`${still} people were still told of as online.`);
  if (own.head !== head) troubles.push('Who was not in the dark did not hear what was said meanwhile.');

  proxy.weather.blackhole = 'none';
  proxy.resetAll();
  await eventually('all to be back', () => away.every((r) => r.head === head), { within: 60_000, every: 100 }).catch(() => {});
  const back = away.filter((r) => r.head === head).length;
  const again = await online();
  if (again !== userIds.length) troubles.push(`${again} of ${userIds.length} people were told of as online again.`);
  const all = [own, ...away];
  const sum = (of: (reader: (typeof all)[number]) => number) => all.reduce((n, r) => n + of(r), 0);
  const lost = sum((r) => r.holes) + away.length - back;
  const verdict = verdictOf({ acked, deliveries: sum((r) => r.shown), lost, doubled: sum((r) => r.doubled) });
  for (const reader of all) reader.close();
  await line.close();
  if ((await server.stop()) !== 0) troubles.push('The server did not end by itself when asked to.');
  const did = { 'in the dark': sockets, reaped, 'people gone': here - still, 'came back': back };
  return { name: `F18 ${dialect}`, did, verdict, troubles, notes: `let go within ${seconds.toFixed(1)} s` };
}
