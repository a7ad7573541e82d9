const address = /^[^\s<>"@,;:\\]+@[^\s<>"@,;:\\]+$/;

export const smtpHint =
  'must be smtp:// or smtps:// with a host and nothing after it, e.g. SMTP_URL=smtp://USER:PASSWORD@mail.example.org:587.';
export const fromHint = 'must be an address, with a name before it or not, e.g. MAIL_FROM=KoreroMai <chat@example.org>.';

/** SMTP_URL as it was given, or null when no mail server can be meant by it. */
export function smtpUrlOf(raw: string): string | null {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  const bare = url !== null && /^\/?$/.test(url.pathname) && url.search + url.hash === '';
  return bare && /^smtps?:$/.test(url.protocol) && url.hostname !== '' ? raw : null;
}

/** `ADDRESS` or `NAME <ADDRESS>` on one line, or null. */
export function senderOf(raw: string): string | null {
  const named = /^([^<>"\p{Cc}]*)<([^<>]+)>$/u.exec(raw.trim());
  return address.test(named?.[2] ?? raw.trim()) ? raw.trim() : null;
}
