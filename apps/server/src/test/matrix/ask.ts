import { WebSocket } from 'ws';
import { type BatchCall, batch, call } from '../http.ts';
import { procedureTypes } from '../procedures.ts';
import { callRest, facesOf } from '../rest.ts';
import type { TestServer } from '../server.ts';
import { openSocket } from '../socket.ts';
import type { Transport } from './matrix.ts';

export interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
  /** The status of the call beside it in a batch. */
  readonly neighbour: number | null;
  /** That call signed somebody in, so the database did change. */
  readonly neighbourWrites: boolean;
}

interface Question extends BatchCall {
  readonly token: string | undefined;
  readonly neighbour: BatchCall;
}

/** Brings one call to the server by the given transport. */
export async function ask(server: TestServer, transport: Transport, question: Question): Promise<Answer> {
  if (transport === 'http') return byHttp(server, question);
  if (transport === 'rest') return byRest(server, question);
  return transport === 'batch' ? inBatch(server, question) : bySocket(server, question);
}

const who = (token: string | undefined) => (token === undefined ? {} : { token });

async function byHttp({ url }: TestServer, { path, input, token }: Question): Promise<Answer> {
  const { status, code, text } = await call(url, path, input, who(token));
  return { status, code, text, neighbour: null, neighbourWrites: false };
}

/** By its first face; one that has none is not asked this way. */
async function byRest({ url }: TestServer, { path, input, token }: Question): Promise<Answer> {
  const face = facesOf.get(path)?.[0];
  if (!face) throw new Error(`${path} has no face in REST.`);
  const { status, code, text } = await callRest(url, face, input, { token });
  return { status, code, text, neighbour: null, neighbourWrites: false };
}

async function inBatch({ url }: TestServer, { path, input, token, neighbour }: Question): Promise<Answer> {
  const { replies, text, status } = await batch(url, [neighbour, { path, input }], who(token));
  const [beside, asked] = replies;
  if (!beside || !asked)
    return { status, code: (JSON.parse(text) as { code: string }).code, text, neighbour: null, neighbourWrites: false }; // refused as a whole
  return { status: asked.status, code: asked.code, text, neighbour: beside.status, neighbourWrites: neighbour.path === 'auth.signIn' };
}

async function bySocket({ port }: TestServer, { path, input, token }: Question): Promise<Answer> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  using connection = await openSocket(new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers }));
  const { socket, frames, closed } = connection;
  if (socket.readyState === socket.OPEN) connection.send({ id: 1, method: procedureTypes.get(path), params: { path, input } });
  const ended = await Promise.race([closed, answered(connection)]);
  const [frame] = frames;
  const told = frame?.error?.data;
  if (ended === 4401 && !frame?.result)
    return { status: 401, code: 'UNAUTHENTICATED', text: connection.texts.join('\n'), neighbour: null, neighbourWrites: false };
  return {
    status: told?.httpStatus ?? 200,
    code: told?.code ?? null,
    text: connection.texts.join('\n'),
    neighbour: null,
    neighbourWrites: false,
  };
}

/** Resolves at the first frame that is not the refusal of a stranger, whose socket is about to be closed. */
function answered({ socket, frames }: Awaited<ReturnType<typeof openSocket>>): Promise<number> {
  return new Promise((resolve) => {
    const look = () => frames.length > 0 && frames[0]?.error?.data.code !== 'UNAUTHENTICATED' && resolve(0);
    socket.on('message', look);
    look();
  });
}
