export type { Claim } from './claim.ts';
export * from './database.ts';
export * from './engine/engine.ts';
export { faultOf } from './engine/fault.ts';
export * from './ids.ts';
export * from './mail.ts';
export { handleOf, nameWordsOf } from './names.ts';
export type { Orm, Reader, Tables } from './orm.ts';
export * from './queries/admin.ts';
export * from './queries/analytics/index.ts';
export * from './queries/attachments.ts';
export * from './queries/circles.ts';
export * from './queries/company.ts';
export * from './queries/conversations.ts';
export * from './queries/departure.ts';
export * from './queries/directory.ts';
export * from './queries/directs.ts';
export * from './queries/drafts.ts';
export * from './queries/jobs.ts';
export * from './queries/mail.ts';
export * from './queries/messages.ts';
export * from './queries/people.ts';
export * from './queries/reactions.ts';

export * from './queries/reports.ts';

export * from './queries/rooms.ts';

export * from './queries/search.ts';
export * from './queries/seed.ts';
export * from './queries/standing.ts';
export * from './queries/trimmings.ts';
export * from './queries/visible.ts';
export * from './search/marks.ts';
export * from './search/search.ts';
export { matches, type Term, termsOf } from './search/terms.ts';
export { wordsOf } from './search/words.ts';
export * from './token.ts';
export { type DatabaseUrl, parseDatabaseUrl } from './url.ts';
