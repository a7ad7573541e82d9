import './jitless.ts';

export * from './address.ts';
export * from './admin.ts';
export * from './attachments.ts';
export * from './audit.ts';
export * from './conversations.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './ids.ts';
export * from './limits.ts';
export * from './messages.ts';
export * from './moments.ts';
export * from './page.ts';
export * from './people.ts';
export * from './search.ts';
export * from './settings.ts';
export * from './text.ts';
export * from './username.ts';
