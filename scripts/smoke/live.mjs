import { Refused, reasonOf } from './rest.mjs';

/**
 * Somebody who reads along.
 * @typedef {object} Reader
 * @property {(id: string) => Promise<void>} told resolves when the message with that id came
 * @property {() => void} close
 */

/**
 * Reads server-sent events.
 * @param {{ origin: string, patience: number }} at @param {string} token @returns {Promise<Reader>}
 */
export async function openEvents({ origin, patience }, token) {
  const end = new AbortController();
  const heard = createHeard('Server-sent events', patience);
  const late = setTimeout(() => end.abort(), patience);
  const answer = await fetch(`${origin}/api/v1/events`, { headers: { authorization: `Bearer ${token}` }, signal: end.signal }).catch(
    (error) => {
      throw new Refused(`GET /api/v1/events was not answered (${reasonOf(error)}).`);
    },
  );
  clearTimeout(late);
  if (!answer.ok || !answer.body) throw new Refused(`GET /api/v1/events answered ${answer.status}.`);
  const body = answer.body.pipeThrough(new TextDecoderStream());
  void (async () => {
    for await (const part of body) heard.take(part);
  })().catch(() => {}); // closed by us, or cut off: what was waited for then does not come
  return { told: heard.told, close: () => end.abort() };
}

/**
 * Subscribes over the WebSocket, as browsers do: the token in the first frame.
 * @param {{ origin: string, patience: number }} at @param {string} token @returns {Promise<Reader>}
 */
export async function openSocket({ origin, patience }, token) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/trpc?connectionParams=1`);
  const heard = createHeard('The WebSocket', patience);
  socket.onmessage = ({ data }) => heard.take(String(data));
  const deaf = `The WebSocket at ${origin}/trpc`;
  await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Refused(`${deaf} did not open in time.`)), patience).unref();
    socket.onopen = resolve;
    socket.onerror = () => reject(new Refused(`${deaf} was refused: does the proxy pass upgrades on, and is PUBLIC_URL right?`));
  });
  socket.send(JSON.stringify({ method: 'connectionParams', data: { token } }));
  socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'events.subscribe', input: {} } }));
  await heard.has('"started"', 'did not start the subscription');
  return { told: heard.told, close: () => socket.close() };
}

/** Keeps what comes, and waits for what shall. @param {string} what @param {number} patience milliseconds */
function createHeard(what, patience) {
  let text = '';
  /** @type {Set<() => void>} */
  const waiting = new Set();
  /** @param {string} wanted @param {string} missed @returns {Promise<void>} */
  const has = (wanted, missed) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(look);
        reject(new Refused(`${what} ${missed} in ${patience / 1000} s.`));
      }, patience);
      const look = () => {
        if (!text.includes(wanted)) return;
        clearTimeout(late);
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    has,
    /** @param {string} part */
    take(part) {
      text += part;
      for (const look of waiting) look();
    },
    /** @param {string} id */
    told: (id) => has(id, 'did not tell of a message'),
  };
}
