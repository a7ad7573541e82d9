import MailComposer from 'nodemailer/lib/mail-composer';
import type { Letter } from './transport.ts';

/** Who the letters come from, and the name that makes their ids unique in the world. */
export interface Sender {
  readonly from: string;
  readonly host: string;
}

/** A letter as the bytes that go over the wire. Line ends in any field become spaces: nobody's name makes a header. */
export function mimeOf(letter: Letter, sender: Sender): Promise<Buffer> {
  const { unsubscribe } = letter;
  return new MailComposer({
    from: sender.from,
    to: { name: '', address: letter.to },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    date: new Date(letter.date),
    messageId: `<${letter.id}@${sender.host}>`,
    headers: {
      'auto-submitted': 'auto-generated',
      ...(unsubscribe ? { 'list-unsubscribe': `<${unsubscribe}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' } : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
