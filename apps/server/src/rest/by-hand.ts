import { exportRoute } from '../export/route.ts';
import { fileRoutes } from '../files/routes.ts';
import { incomingHook } from '../hooks/operation.ts';
import { eventsRoute } from './events.ts';
import { openapiRoute } from './openapi/route.ts';
import type { Described, DescribedRoute } from './route.ts';

const own: readonly DescribedRoute[] = [eventsRoute, ...fileRoutes, exportRoute];

/** Every route at /api/v1 that is no procedure's face. */
export const byHand: readonly DescribedRoute[] = [...own, openapiRoute([...own, incomingHook])];

/** All that the document tells of beside the procedures: those, and what lies elsewhere. */
export const described: readonly Described[] = [...byHand, incomingHook];
