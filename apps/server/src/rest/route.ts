import type { Caller } from '@koreromai/api';
import type { Context } from 'hono';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { Env } from '../app.ts';
import type { Entrance } from '../entrance.ts';

/** One request that has found its route and shown who makes it. */
export interface Call {
  readonly c: Context<Env>;
  readonly entrance: Entrance;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly caller: Caller | null;
  readonly requestId: string;
  /** Whatever stands on the answer, also on a refusal. */
  readonly headers: Headers;
}

/** One method at one path below /api/v1. */
export interface Route {
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  /** Name in the path → field of the input, where the two differ. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Needs no session; everything else answers 401 before it looks at anything. */
  readonly public: boolean;
  /** Told apart from others at the same place by a query parameter. */
  readonly choice?: { readonly name: string; readonly value: string; readonly byDefault?: boolean } | undefined;
  /** May throw a Refusal or a TRPCError. */
  readonly serve: (call: Call) => Promise<Response>;
}

/** What the document says of a route that is no procedure's face. */
export interface Described extends Pick<Route, 'method' | 'path' | 'public'> {
  readonly operation: ZodOpenApiOperationObject;
}

/** A route that is no procedure's face: bytes, streams, the document itself. It tells the document about itself. */
export interface DescribedRoute extends Route, Described {}
