import { randomUUID } from 'node:crypto';
import { openEvents, openSocket } from './live.mjs';
import { call, Refused } from './rest.mjs';

/** @typedef {{ id: string, email: string, password: string, token: string }} Person */

/**
 * Looks whether an instance works.
 * @param {string} origin its public URL
 * @param {{ web: boolean, patience: number }} options `web`: it serves the page too; `patience`: milliseconds for each answer
 * @returns {Promise<string[]>} a sentence for each thing that does not; what rests on such a thing is not tried
 */
export async function smoke(origin, { web, patience }) {
  const at = { origin, patience };
  /** @type {string[]} */
  const failures = [];
  /** @type {<T>(what: () => Promise<T>) => Promise<T | null>} */
  const step = (what) =>
    what().catch((error) => {
      failures.push(error instanceof Refused ? error.message : `Something nobody expected: ${error?.message ?? error}`);
      return null;
    });
  for (const path of ['/healthz', '/readyz']) await step(() => call(at, 'GET', path));
  if (failures.length > 0) return failures;
  if (web) await step(() => looksLikeThePage(at));

  /** @type {Person[]} */
  const people = [];
  for (const name of ['one', 'two']) {
    const person = await step(() => signUp(at, name));
    if (person) people.push(person);
  }
  const [one, two] = people;
  if (one && two) await talk(at, one, two, step);
  for (const person of people) await step(() => leave(at, person));
  return failures;
}

/** @typedef {{ origin: string, patience: number }} At */

/** @param {At} at @param {Person} one @param {Person} two @param {<T>(what: () => Promise<T>) => Promise<T | null>} step */
async function talk(at, one, two, step) {
  const chat = await step(() =>
    call(at, 'POST', '/api/v1/conversations', { token: one.token, body: { kind: 'direct', person: two.email } }),
  );
  const readers = [await step(() => openEvents(at, two.token)), await step(() => openSocket(at, two.token))].filter(
    (reader) => reader !== null,
  );
  const id = randomUUID();
  const path = `/api/v1/conversations/${chat?.id}/messages`;
  const posted = chat && (await step(() => call(at, 'POST', path, { token: one.token, body: { id, text: `Kia ora ${id}` } })));
  if (posted) {
    await Promise.all(readers.map((reader) => step(() => reader.told(id))));
    await step(async () => {
      const { token } = await call(at, 'POST', '/api/v1/auth/sign-in', { body: { email: two.email, password: two.password } });
      const { items } = await call(at, 'GET', path, { token });
      if (!items.some((/** @type {any} */ item) => item.id === id))
        throw new Refused('Who signs in again does not find the message in the chat.');
    });
  }
  for (const reader of readers) reader.close();
}

/** @param {At} at @param {string} name @returns {Promise<Person>} */
async function signUp(at, name) {
  const secret = randomUUID();
  // .invalid is nobody's, so no mail ever leaves for it.
  const person = { email: `smoke-${secret}@koreromai.invalid`, password: `smoke ${randomUUID()}` };
  const { user, token } = await call(at, 'POST', '/api/v1/auth/sign-up', { body: { ...person, name: `Smoke test ${name}` } });
  return { ...person, id: user.id, token };
}

/** @param {At} at @param {Person} person */
async function leave(at, { email, password, token }) {
  try {
    await call(at, 'DELETE', '/api/v1/users/me', { token, body: { password, eraseMessages: true } });
  } catch (error) {
    const only = error instanceof Refused && error.message.includes('LAST_ADMIN');
    const told = only
      ? 'The instance had no account yet, so this test became its admin, which cannot be deleted.'
      : `An account of this test is left: ${error instanceof Error ? error.message : error}`;
    throw new Refused(`${told} Sign in as ${email} with “${password}”${only ? ', make another admin,' : ''} and delete it.`);
  }
  const again = await call(at, 'POST', '/api/v1/auth/sign-in', { body: { email, password } }).then(
    () => true,
    () => false,
  );
  if (again) throw new Refused(`${email} deleted its account and can still sign in.`);
}

/** @param {At} at */
async function looksLikeThePage({ origin, patience }) {
  const answer = await fetch(origin, { signal: AbortSignal.timeout(patience) }).catch(() => null);
  const text = (await answer?.text()) ?? '';
  if (answer?.status !== 200 || !/<script[^>]+src="\/assets\//.test(text))
    throw new Refused(
      `GET / answered ${answer?.status ?? 'nothing'} and not the page: was it built? An instance without one is tested with --no-web.`,
    );
}
