import type { Attachment } from '@koreromai/contract';
import { pngOf } from '@koreromai/testing';
import type { Person, TestServer } from './server.ts';

/** A small picture that is in order. */
export const picture = (width = 8, height = 6): Buffer => pngOf(width, height, height);

interface Form {
  readonly name?: string;
  /** As its sender says. */
  readonly type?: string;
  readonly field?: string;
  readonly method?: 'POST' | 'PUT';
  readonly path?: string;
  /** Before the file, as a browser's form has it. */
  readonly description?: string;
}

export interface Answer<Body = Attachment> {
  readonly status: number;
  readonly code: string | null;
  readonly body: Body;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends a file as a browser's form would. */
export async function upload(server: TestServer, who: Person | null, bytes: Buffer, form: Form = {}): Promise<Answer> {
  const { name = 'kiwi.png', type = 'image/png', field = 'file', method = 'POST', path = '/attachments' } = form;
  const body = new FormData();
  if (form.description !== undefined) body.append('description', form.description);
  body.append(field, new Blob([Uint8Array.from(bytes)], { type }), name);
  const headers: Record<string, string> = who ? { authorization: `Bearer ${who.token}` } : {};
  return answerOf(await fetch(`${server.url}/api/v1${path}`, { method, headers, body }));
}

/** A form written by hand, for what no browser would send. `headers` are those of the part. */
export function rawForm(bytes: Buffer | string, disposition: string, type = 'image/png'): Buffer {
  const head = `--b0undary\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(bytes as string), Buffer.from('\r\n--b0undary--\r\n')]);
}

/** Sends bytes as the body of an upload, as they are. */
export async function uploadRaw(server: TestServer, who: Person, body: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const type = { 'content-type': 'multipart/form-data; boundary=b0undary', authorization: `Bearer ${who.token}` };
  return answerOf(
    await fetch(`${server.url}/api/v1/attachments`, { method: 'POST', headers: { ...type, ...headers }, body: Uint8Array.from(body) }),
  );
}

/** Asks for a file's bytes. */
export async function download(server: TestServer, who: Person | null, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const auth: Record<string, string> = who ? { authorization: `Bearer ${who.token}` } : {};
  const response = await fetch(`${server.url}${path}`, { method, headers: { ...auth, ...headers } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = (text === '' ? null : JSON.parse(text)) as Attachment & { code?: string };
  return { status: response.status, code: body?.code ?? null, body, headers: response.headers, text };
}
