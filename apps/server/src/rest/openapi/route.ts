import { z } from 'zod';
import type { Described, DescribedRoute } from '../route.ts';
import { createOpenapi } from './document.ts';
import { problemResponses } from './problems.ts';

/** Serves the document; made when it is first asked for. */
export function openapiRoute(others: readonly Described[]): DescribedRoute {
  let text: string | null = null;
  const route: DescribedRoute = {
    method: 'GET',
    path: '/openapi.json',
    public: true,
    operation: {
      operationId: 'openapi',
      summary: 'This document',
      tags: ['openapi'],
      responses: {
        200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: z.looseObject({}) } } },
        ...problemResponses([400]),
      },
    },
    serve: async () => {
      text ??= JSON.stringify(createOpenapi([...others, route]));
      return new Response(text, { headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' } });
    },
  };
  return route;
}
