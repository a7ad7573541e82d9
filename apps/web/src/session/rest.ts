import { isErrorCode, Refusal } from '@koreromai/contract';

/** For what the typed client has no way to: routes that take files, and answers that change the cookie. Throws the server's refusal. */
export async function rest(method: 'PUT' | 'DELETE', path: `/${string}`, body?: File | Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`/api/v1${path}`, { method, credentials: 'same-origin', ...(body && encoded(body)) });
  if (answer.ok) return;
  const problem: { code?: unknown } = await answer.json().catch(() => ({}));
  throw new Refusal(isErrorCode(problem.code) ? problem.code : 'INTERNAL');
}

function encoded(body: File | Readonly<Record<string, unknown>>): RequestInit {
  if (!(body instanceof File)) return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const form = new FormData();
  form.set('file', body);
  return { body: form };
}
