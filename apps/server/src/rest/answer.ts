import type { Answer, Face } from '@koreromai/api';
import type { Call } from './route.ts';

/** What a procedure gave, as an HTTP answer. */
export function answerOf(call: Call, face: Face, output: unknown): Response {
  const { status, body, headers: more }: Answer = face.answer?.(output as never) ?? plain(face, output);
  const headers = new Headers(more);
  const base = `${call.entrance.publicUrl}/api/v1`;
  const location = status === 201 ? face.location?.(output as never) : null;
  if (location) headers.set('location', base + location);
  if (face.etag) headers.set('etag', `"${face.etag(output as never)}"`);
  if (status === 204) return new Response(null, { status, headers });
  const next = isPage(body) ? body.nextCursor : null;
  if (next !== null) headers.set('link', `<${nextPage(base, call.url, next)}>; rel="next"`);
  const bare = face.bare && isPage(body) && call.url.searchParams.get('envelope') === 'false';
  return Response.json(bare ? body.items : body, { status, headers });
}

const plain = (face: Face, output: unknown): Answer => ({ status: face.status ?? (output === undefined ? 204 : 200), body: output });

const isPage = (body: unknown): body is { items: unknown[]; nextCursor: string | null } =>
  typeof body === 'object' && body !== null && 'items' in body && 'nextCursor' in body;

function nextPage(base: string, url: URL, cursor: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('cursor', cursor);
  return `${base}${url.pathname.slice('/api/v1'.length)}?${query}`;
}
