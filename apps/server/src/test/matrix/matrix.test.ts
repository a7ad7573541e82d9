import { isErrorCode, statusOf } from '@koreromai/contract';
import { eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { procedureTypes } from '../procedures.ts';
import { facesOf } from '../rest.ts';
import { type Answer, ask } from './ask.ts';
import { leaksIn } from './leaks.ts';
import { matrix, type Outcome, type Subject, subjects, type Transport, transports } from './matrix.ts';
import { createScene, inputsFor, type Scene, type Stage } from './scene.ts';

test('C2: every procedure of the router has a row in the matrix, and every row a procedure', () => {
  expect(Object.keys(matrix).toSorted()).toEqual([...procedureTypes.keys()].toSorted());
});

/** They end sessions of the cast, so they come last, in this order, and each yes gets a session of its own. */
const ends = ['auth.signOut', 'auth.revokeSession', 'auth.revokeOtherSessions'];
/** A yes to these changes who stands where, so each gets a group of its own. */
const moves = [
  'conversations.clear',
  'hooks.create',
  'webhooks.create',
  'rooms.close',
  'conversations.close',
  'conversations.leave',
  'invitations.revoke',
  'invitations.accept',
  'members.add',
  'members.remove',
  'messages.delete',
];
/** Looking at a room is noted as a visit. */
const visits = ['rooms.get'];
/** Behind all that a room's admin does: who unfollows a room is none any more. */
const late = ['rooms.unfollow', ...ends];
const paths = [...[...procedureTypes.keys()].filter((path) => !late.includes(path)), ...late];

eachDatabase('the permission matrix', (dialect) => {
  test('C1, C12: every subject gets exactly their verdict on every transport, and a no changes nothing and tells nothing', async () => {
    await using scene = await createScene(dialect);
    const shared = await scene.stage();
    const counts = { ok: 0, denied: 0 };
    const wrong: string[] = [];
    for (const path of paths) {
      const cells = subjects.flatMap((subject) =>
        transports
          .filter((transport) => transport !== 'rest' || facesOf.has(path))
          .map((transport) => ({ path, subject, transport, wanted: wantedOf(path, subject, transport) })),
      );
      const refused = cells.filter(({ wanted }) => wanted !== 'ok');
      // The neighbour of a mutation in a batch signs somebody in, so those come behind the look at what the others changed.
      const writes = ({ transport }: Cell) => transport === 'batch' && procedureTypes.get(path) === 'mutation';
      const before = scene.seen.state ?? (await scene.server.state());
      const tell = (cell: Cell, found: readonly string[]) =>
        wrong.push(...found.map((what) => `${path} × ${cell.subject} × ${cell.transport}: ${what}`));
      for (const cell of refused.filter((one) => !writes(one))) tell(cell, await denied(scene, shared, cell));
      scene.seen.state = refused.length > 0 ? await scene.server.state() : before;
      if (scene.seen.state !== before) wrong.push(`${path}: one of the refusals changed something: ${changedIn(before, scene.seen.state)}`);
      for (const cell of refused.filter(writes)) tell(cell, await denied(scene, shared, cell));
      if (refused.some(writes)) scene.seen.state = null;
      for (const cell of cells.filter(({ wanted }) => wanted === 'ok'))
        tell(cell, await allowed(scene, shared, path, cell.subject, cell.transport));
      counts.denied += refused.length;
      counts.ok += cells.length - refused.length;
    }
    expect(wrong).toEqual([]);
    expect(scene.server.faults).toEqual([]);
    process.stdout.write(`C1 [${dialect}]: ${counts.ok + counts.denied} cells, ${counts.denied} of them refusals\n`);
  });
});

/** The first place where two states are not the same. */
function changedIn(before: string, after: string): string {
  const at = [...after].findIndex((character, i) => character !== before[i]);
  return `${before.slice(Math.max(0, at - 200), at + 100)} ⇒ ${after.slice(at, at + 100)}`;
}

function wantedOf(path: string, subject: Subject, transport: Transport): Outcome {
  const row = matrix[path];
  if (!row) return 'INTERNAL';
  const wanted = row[subject];
  const stranger = ['anonymous', 'badToken', 'revokedSession', 'suspended'].includes(subject);
  if (transport === 'ws') return stranger ? 'UNAUTHENTICATED' : wanted; // a socket is for people alone
  return row.onHttp && wanted === 'ok' ? row.onHttp : wanted;
}

/** A yes: works, and its answer tells nothing beyond what the caller may know. */
async function allowed(scene: Scene, shared: Stage, path: string, subject: Subject, transport: Transport): Promise<string[]> {
  const { server, cast } = scene;
  const stage = moves.includes(path) ? await scene.stage() : shared;
  let token = scene.tokenOf(subject);
  if (procedureTypes.get(path) === 'mutation' || visits.includes(path)) scene.seen.state = null;
  let session = '';
  if (ends.includes(path) && subject !== 'anonymous' && subject !== 'badToken') {
    const { email, password } = cast[subject];
    const again = await server.call('auth.signIn', { email, password });
    token = (again.data as { token: string }).token;
    session = (await server.ok<{ sessionId: string }>('session.snapshot', undefined, { ...cast[subject], token })).sessionId;
  }
  const input = inputsFor(stage, cast, session)[path];
  const answer = await ask(server, transport, { path, input, token, neighbour: neighbourOf(scene, stage, path) });
  const over = transport === 'ws' && ends.includes(path) && answer.status === 401; // the close is the answer: the session is over
  if (over)
    return (await server.call('users.me', undefined, { ...cast.owner, token: token ?? '' })).status === 401 ? [] : ['the session lives on'];
  if (answer.code !== null) return [`ok was due, ${answer.status} ${answer.code} came`];
  return leaksIn(
    answer.text,
    addressesOf(scene, subject, path),
    answer.neighbourWrites || /^(auth\.sign|bots\.createToken|webhooks\.create)/.test(path),
  );
}

interface Cell {
  readonly path: string;
  readonly subject: Subject;
  readonly transport: Transport;
  readonly wanted: Outcome;
}

/** A no: its very code, nothing told, and the neighbour in the batch is not harmed. */
async function denied(scene: Scene, stage: Stage, { path, subject, transport, wanted }: Cell): Promise<string[]> {
  const { server, cast } = scene;
  const answer: Answer = await ask(server, transport, {
    path,
    input: inputsFor(stage, cast, scene.ownersSession)[path],
    token: scene.tokenOf(subject),
    neighbour: neighbourOf(scene, stage, path),
  });
  const found: string[] = [];
  if (answer.code !== wanted) found.push(`${wanted} was due, ${answer.status} ${answer.code} came`);
  if (answer.code !== null && !isErrorCode(answer.code)) found.push(`${answer.code} is not in the registry`);
  if (isErrorCode(answer.code) && statusOf(answer.code) !== answer.status) found.push(`status ${answer.status}`);
  if (answer.neighbour !== null && answer.neighbour !== 200) found.push(`its neighbour in the batch got ${answer.neighbour}`);
  return [...found, ...leaksIn(answer.text, addressesOf(scene, subject, path), answer.neighbourWrites)];
}

/** A call that this subject may make and that changes as little as can be. */
function neighbourOf({ cast }: Scene, stage: Stage, path: string) {
  return procedureTypes.get(path) === 'mutation'
    ? { path: 'auth.signIn', input: { email: cast.other.email, password: cast.other.password } }
    : { path: 'invitations.open', input: { token: stage.linkToken } };
}

/** K2: an admin sees everybody's address where people are listed and where mails wait, and nowhere else. */
const profiles = ['mail.list', 'users.list', 'users.get', 'users.update', 'users.correspondents'];

/** Addresses that this subject's answer may show: their own, their guests', and one they have just typed. */
const addressesOf = ({ cast }: Scene, subject: Subject, path: string): (string | RegExp)[] => {
  const own = subject === 'anonymous' || subject === 'badToken' ? [] : [cast[subject].email];
  const guests = subject === 'owner' ? [/^guest-\d+@example\.org$/] : [];
  const made = path === 'auth.signUp' || path === 'users.create' ? [/^new-\d+@example\.org$/] : [];
  const everyones = subject === 'siteAdmin' && profiles.includes(path) ? [/./] : [];
  return [...own, cast.other.email, ...guests, ...made, ...everyones];
};

describe('the guards of the matrix itself', () => {
  test('C12: the scan finds an address, a key and a path when they are there', () => {
    expect(leaksIn('{"user":{"email":"bea@example.nz"}}', ['anahera@example.nz'])).toEqual(['address: bea@example.nz']);
    expect(leaksIn('[{"a":{"password_hash":1}}]', [])).toEqual(['key: .0.a.password_hash']);
    expect(leaksIn('{"m":"Error\\n    at x (/a/src/b.ts:1:2)"}', [])).toHaveLength(1);
  });
});
