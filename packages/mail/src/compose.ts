import { addressee, idOf, type MailData, type MailKind, type MailRow, type Reader, tokenOf } from '@koreromai/db';
import { composeInvitation } from './invitation.ts';
import { noticePage, resetPage } from './letters/account.ts';
import { bodiesOf, type Page } from './letters/page.ts';
import { type Absence, composeChat } from './news.ts';
import type { Letter } from './transports/transport.ts';

export interface ComposeOptions {
  readonly read: Reader;
  readonly secret: Buffer;
  /** The configured one: no link is ever made of what a request says of itself (A9). */
  readonly publicUrl: string;
  readonly now: () => number;
  readonly absence: Absence;
}

export interface Composed {
  readonly page: Page;
  readonly to: string;
  readonly unsubscribe?: string;
}

/** A mail that is no longer wanted, and why. */
export interface Cancelled {
  readonly cancelled: string;
}

export type Compose = (mail: MailRow) => Promise<Letter | Cancelled>;

/** Writes letters from what is true when they go out: who may no longer see something is told nothing of it (S7). */
export function createCompose(options: ComposeOptions): Compose {
  const { read, secret, publicUrl, now } = options;
  return async (mail) => {
    const composed = await compose(mail);
    if ('cancelled' in composed) return composed;
    const { page, to, unsubscribe } = composed;
    const letter = { id: idOf(mail.id), to, subject: page.subject, ...bodiesOf(page), date: now() };
    return unsubscribe ? { ...letter, unsubscribe } : letter;
  };

  async function compose(mail: MailRow): Promise<Composed | Cancelled> {
    const kind = mail.kind as MailKind; // written through mailRow alone
    if (kind === 'invitation') return composeInvitation(options, mail.email, dataOf<'invitation'>(mail).invitationId);
    const person = mail.user_id === null ? undefined : await addressee(read, idOf(mail.user_id));
    if (!person || person.email === null) return { cancelled: 'There is no such account any more.' };
    switch (kind) {
      case 'chat':
        return composeChat({ ...options, person }, mail, dataOf<'chat'>(mail));
      case 'reset':
        if (dataOf<'reset'>(mail).expiresAt <= now()) return { cancelled: 'The link in it has run out.' };
        if (person.email !== mail.email) return { cancelled: 'The account has another address now.' };
        return { page: resetPage(person.name, tokenOf(secret, 'reset', idOf(mail.id)), publicUrl), to: mail.email };
      case 'notice': // to the address it was written for, which may be the old one (B7)
        return { page: noticePage(person.name, dataOf<'notice'>(mail), publicUrl), to: mail.email };
      default:
        return kind satisfies never;
    }
  }
}

const dataOf = <Kind extends MailKind>(mail: MailRow): MailData[Kind] => JSON.parse(mail.data) as MailData[Kind];
