import type { MailData } from '@koreromai/db';
import type { Page } from './page.ts';
import { plain } from './words.ts';

const why = (publicUrl: string) => [{ text: `This letter comes from KoreroMai at ${publicUrl}.` }];

/** A way to set a new password. */
export const resetPage = (name: string, token: string, publicUrl: string): Page => ({
  subject: 'Set a new password',
  greeting: `Kia ora ${plain(name)},`,
  lines: [
    'Somebody, most likely you, asked for a new password. The link below works once, and for an hour.',
    'If it was not you, do nothing: your password stays as it is.',
  ],
  button: { label: 'Set a new password', url: `${publicUrl}/reset/${token}` },
  footer: why(publicUrl),
});

/** Something that a person must hear about their account. */
export const noticePage = (name: string, { title, lines }: MailData['notice'], publicUrl: string): Page => ({
  subject: plain(title),
  greeting: `Kia ora ${plain(name)},`,
  lines,
  footer: why(publicUrl),
});

interface Invitation {
  readonly inviter: string;
  /** The group's name; null for a direct chat, and for a group without one. */
  readonly chat: string | null;
  readonly link: string;
  /** Ends all invitations to this address. */
  readonly unsubscribe: string;
  readonly publicUrl: string;
}

/** A seat is kept for somebody who has no account. */
export const invitationPage = ({ inviter, chat, link, unsubscribe, publicUrl }: Invitation): Page => ({
  subject: `${plain(inviter)} invites you to a chat`,
  greeting: 'Kia ora,',
  lines: [
    `${plain(inviter)} keeps a seat for you in ${chat === null ? 'a chat' : plain(chat)} at ${publicUrl}.`,
    'The link below opens it, once. If you do not know them, do nothing.',
  ],
  button: { label: 'Take the seat', url: link },
  footer: [...why(publicUrl), { text: 'No more invitations to this address, from anybody', url: unsubscribe }],
});
