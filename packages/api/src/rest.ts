import type { z } from 'zod';

/**
 * A procedure's face in REST. Paths lie below `/api/v1`. What the path does not carry comes from the query (GET, DELETE) or from
 * the JSON body (POST, PUT, PATCH); the procedure's own input schema judges all of it, so both doors give the same verdict.
 */
export interface Face {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** E.g. `/conversations/{id}/messages`. */
  readonly path: `/${string}`;
  /** What it does, for the document: one short sentence without a full stop. */
  readonly summary: string;
  /** Name in the path → field of the input, where the two differ: `{ id: 'conversationId' }`. */
  readonly params?: Readonly<Record<string, string>>;
  /** Fields of the input that this face always sends: `PUT …/like` is a reaction with the emoji `like`. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Several procedures behind one method and path, told apart by a query parameter: `?for=me`. `byDefault`: also without it. */
  readonly choice?: { readonly name: string; readonly value: string; readonly byDefault?: boolean };
  /** Where the input comes from, when it is not the method's habit: a DELETE with a body. */
  readonly from?: 'query' | 'body';
  /** 200, or 204 when the output is void. 204 drops the output. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The new thing's path below /api/v1; becomes an absolute `Location`. */
  readonly location?: (output: never) => string | null;
  /** For outputs that have more than one status or another body. `answers` then tells the document about each. */
  readonly answer?: (output: never) => Answer;
  readonly answers?: Readonly<Record<number, z.ZodType | null>>;
  /** The version that `ETag` carries. */
  readonly etag?: (output: never) => number;
  /** The field that `If-Match` fills with that version. */
  readonly ifMatch?: string;
  /** The field that the header `Idempotency-Key` fills: the id that the sender makes. */
  readonly idempotencyKey?: string;
  /** `?envelope=false` answers the items alone. */
  readonly bare?: boolean;
}

export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a procedure says of itself beside its types. */
export interface Meta {
  /** Needs no session. */
  readonly public?: boolean;
  readonly rest?: Face | readonly Face[];
}
