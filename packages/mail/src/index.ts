export { type Mail, type MailOptions, startMail } from './mail.ts';
export type { Presence } from './news.ts';
export { fileTransport } from './transports/file.ts';
export { smtpTransport } from './transports/smtp.ts';
export type { Letter, Transport } from './transports/transport.ts';
export { invitationsRefused, subscriberOf, uninvitedOf, unsubscribed } from './unsubscribe.ts';
