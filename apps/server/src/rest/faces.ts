import { appRouter, createCallerFactory, type Face, type Purse } from '@koreromai/api';
import { Refusal } from '@koreromai/contract';
import { answerOf } from './answer.ts';
import { inputOf } from './input.ts';
import { type Procedure, procedures } from './procedures.ts';
import { tellLimits } from './rate-headers.ts';
import type { Call, Route } from './route.ts';
import { fieldsOf } from './shape.ts';

const callerFor = createCallerFactory(appRouter);
type Callable = (input: unknown) => Promise<unknown>;

/** One route for each face of each procedure. */
export const faceRoutes = (): Route[] => procedures.flatMap((procedure) => procedure.faces.map((face) => routeOf(procedure, face)));

function routeOf(procedure: Procedure, face: Face): Route {
  const fields = fieldsOf(procedure.inputs);
  const { method, path, params, choice } = face;
  return { method, path, params, choice, public: procedure.public, serve: (call) => serve(call, procedure, face, fields) };
}

async function serve(call: Call, procedure: Procedure, face: Face, fields: ReturnType<typeof fieldsOf>): Promise<Response> {
  const { c, entrance, caller, requestId } = call;
  const input = await inputOf(call, face, fields);
  const purses: Purse[] = [];
  const api = callerFor({
    services: entrance.services,
    transport: 'http',
    caller,
    address: entrance.addressOf(c.env.incoming),
    userAgent: c.req.header('user-agent') ?? '',
    requestId,
    keepToken: (token) => call.headers.append('set-cookie', entrance.cookie.write(token)),
    spent: (purse) => void purses.push(purse),
  });
  const run = procedure.name.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], api) as Callable;
  try {
    return answerOf(call, face, await run(input));
  } catch (error) {
    throw face.ifMatch !== undefined && c.req.header('if-match') !== undefined ? unmet(error) : error;
  } finally {
    tellLimits(call.headers, purses);
  }
}

/** What is a conflict of versions to whoever names one in the body is an unmet condition to whoever names it in `If-Match`. */
function unmet(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Refusal && cause.code === 'VERSION_CONFLICT' ? new Refusal('PRECONDITION_FAILED', cause.info) : error;
}
