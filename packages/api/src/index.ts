export { openStorage, type Storage, StorageUnusable } from './attachments/storage/storage.ts';
export { createSessions, type Sessions } from './auth/sessions.ts';
export type { Caller, Context } from './context.ts';
export { wireErrorOf } from './errors.ts';
export type { Purse } from './limiter.ts';
export type { Answer, Face } from './rest.ts';
export { type AppRouter, appRouter } from './root.ts';
export { createServices, type ServiceOptions, type Services, standingFor, veilsFor } from './services.ts';
export { createCallerFactory } from './trpc.ts';
