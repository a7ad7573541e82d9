/** What the instance said no to, in a sentence. */
export class Refused extends Error {}

/**
 * One call of REST.
 * @param {{ origin: string, patience: number }} at
 * @param {string} method @param {string} path @param {{ body?: unknown, token?: string }} [options]
 * @returns {Promise<any>} the JSON of its answer, null when there is none
 * @throws {Refused} when it is not answered in time, or not with 2xx
 */
export async function call({ origin, patience }, method, path, { body, token } = {}) {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const signal = AbortSignal.timeout(patience);
  const init = { method, headers, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(`${origin}${path}`, init).catch((error) => {
    throw new Refused(`${method} ${path} was not answered (${reasonOf(error)}).`);
  });
  const text = await answer.text();
  const json = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : null;
  if (!answer.ok)
    throw new Refused(`${method} ${path} answered ${answer.status}${json?.code ? ` ${json.code}: ${json.detail ?? json.title}` : ''}.`);
  return json;
}

/** @param {any} error */
export const reasonOf = (error) =>
  error?.cause?.code ?? error?.code ?? (error?.name === 'TimeoutError' ? 'nothing came in time' : String(error?.message ?? error));
