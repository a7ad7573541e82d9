// A terminal client by somebody who has docs/openapi.json and nothing else: no package of KoreroMai, no dependency.
// node examples/another-team/chat.ts URL EMAIL PASSWORD FRIEND: says what FRIEND and I write in our chat, and sends each line that is typed.
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';

interface Message {
  id: string;
  conversationId: string;
  text?: string;
  author: { name: string };
}

const [url = 'http://localhost:1337', email, password, friend] = process.argv.slice(2);
let token = '';

/** One call of REST; a refusal is a problem document, whose sentence is meant for people. */
async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const json = (await answer.json()) as Answer & { code?: string; detail?: string };
  if (!answer.ok) throw new Error(`${json.code}: ${json.detail}`);
  return json;
}

/** Events one after the other, for ever: a connection that ends is made again from the last id, and nothing is missed or told twice. */
async function* events(): AsyncGenerator<{ type: string; message?: Message }> {
  for (let last = ''; ; await new Promise((again) => setTimeout(again, 1_000))) {
    const headers = { authorization: `Bearer ${token}`, ...(last && { 'last-event-id': last }) };
    const answer = await fetch(`${url}/api/v1/events`, { headers }).catch(() => null);
    let rest = '';
    try {
      for await (const part of answer?.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = `${rest}${part}`.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          last = /^id: (.+)$/m.exec(block)?.[1] ?? last;
          const data = /^data: (.+)$/m.exec(block)?.[1];
          if (data) yield JSON.parse(data);
        }
      }
    } catch {} // cut off: the loop connects again
  }
}

({ token } = await call<{ token: string }>('POST', '/auth/sign-in', { email, password }));
const chat = await call<{ id: string }>('POST', '/conversations', { kind: 'direct', person: friend });
const said = ({ author, text }: Message) => process.stdout.write(`${author.name}: ${text ?? '(deleted)'}\n`);
const { items } = await call<{ items: Message[] }>('GET', `/conversations/${chat.id}/messages?limit=20`);
for (const message of items.reverse()) said(message);
createInterface({ input: process.stdin }).on('line', (text) =>
  call('POST', `/conversations/${chat.id}/messages`, { id: randomUUID(), text }).catch((error) =>
    process.stderr.write(`${error.message}\n`),
  ),
);
for await (const { type, message } of events()) if (type === 'message.created' && message?.conversationId === chat.id) said(message);
