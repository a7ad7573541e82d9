import { wireErrorOf } from '@koreromai/api';
import { Refusal } from '@koreromai/contract';
import { getTRPCErrorFromUnknown } from '@trpc/server';
import type { Hono } from 'hono';
import type { Env } from '../app.ts';
import type { Entrance } from '../entrance.ts';
import { problem } from '../problem.ts';
import { createPaths, type Methods, paramsOf } from './paths.ts';
import type { Call, Route } from './route.ts';

const root = '/api/v1';

/** REST at /api/v1: who calls is decided before anything is looked at, then the path, then the method. */
export function mountRest(app: Hono<Env>, entrance: Entrance, routes: readonly Route[]): void {
  const find = createPaths(routes);
  app.all(`${root}/*`, async (c) => {
    const requestId = c.get('requestId');
    const headers = new Headers({ 'cache-control': 'no-store' });
    const caller = await entrance.callerOf(c.env.incoming);
    const url = new URL(c.req.url);
    const methods = find(url.pathname.slice(root.length));
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const here = methods?.get(method) ?? [];
    let route: Route | undefined;
    const call = { c, entrance, url, caller, requestId, headers };
    try {
      if (caller === null && !isOpen(methods, here)) throw new Refusal('UNAUTHENTICATED');
      if (methods === null) throw new Refusal('NOT_FOUND');
      if (here.length === 0) {
        headers.set('allow', allowed(methods));
        throw new Refusal('METHOD_NOT_SUPPORTED');
      }
      route = chosen(here, url);
      c.set('route', `${root}${route.path}`);
      const params = paramsOf(route.path, url.pathname.slice(root.length));
      if (params === null) throw new Refusal('NOT_FOUND');
      return withHeaders(await route.serve({ ...call, params }), headers);
    } catch (error) {
      return withHeaders(refused(call, error, route?.params), headers);
    }
  });
}

/** Public is a method that anyone may use, and a path where there is nothing else. */
const isOpen = (methods: Methods<Route> | null, here: readonly Route[]): boolean => {
  const all = here.length > 0 ? here : [...(methods?.values() ?? [])].flat();
  return all.length > 0 && all.every((route) => route.public);
};

const allowed = (methods: Methods<Route>) => [...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : [])].toSorted().join(', ');

function chosen(routes: readonly Route[], url: URL): Route {
  const fits = ({ choice }: Route) => {
    const told = choice ? url.searchParams.getAll(choice.name) : [];
    return !choice || (told.length === 0 ? choice.byDefault : told.length === 1 && told[0] === choice.value);
  };
  const found = routes.find(fits);
  if (found) return found;
  const name = routes.find((r) => r.choice)?.choice?.name ?? '';
  const values = routes.flatMap((r) => r.choice?.value ?? []).join(' or ');
  throw new Refusal('BAD_INPUT', { fields: { [name]: `must be ${values}` } });
}

/** The same words for the same refusal as over tRPC, but for the names that fields have in the path. */
function refused({ entrance, requestId }: Omit<Call, 'params'>, thrown: unknown, params: Route['params'] = {}): Response {
  const error = getTRPCErrorFromUnknown(thrown);
  const { code, httpStatus, traceId: _trace, message: _message, ...info } = wireErrorOf(error, requestId);
  const names = new Map(Object.entries(params).map(([name, field]) => [field, name]));
  if (info.fields) info.fields = Object.fromEntries(Object.entries(info.fields).map(([field, what]) => [names.get(field) ?? field, what]));
  if (code === 'INTERNAL') entrance.services.onFault(error.cause ?? error, requestId);
  const response = problem(code, requestId, info);
  if (httpStatus === 401) response.headers.set('www-authenticate', 'Bearer');
  return response;
}

function withHeaders(response: Response, more: Headers): Response {
  for (const [name, value] of more) if (name === 'set-cookie' || !response.headers.has(name)) response.headers.append(name, value);
  return response;
}
