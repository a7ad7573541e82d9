export * from './database.ts';
export * from './engine/engine.ts';
export { faultOf } from './engine/fault.ts';
export * from './ids.ts';
export type { Orm, Reader, Tables } from './orm.ts';
export { type DatabaseUrl, parseDatabaseUrl } from './url.ts';
