import { z } from 'zod';
import { limits } from './limits.ts';

const shape = /^[^\s@"(),:;<>[\\\]\p{Cc}]+@[^\s@/?#%:\\]+\.[^\s@/?#%:\\]+$/u;

/** E1: the key of an e-mail address: NFKC, domain to ASCII, all lower case. Null when it is no address. */
export function emailKeyOf(raw: string): string | null {
  const address = raw.trim().normalize('NFKC');
  if (!shape.test(address)) return null;
  const at = address.lastIndexOf('@');
  const domain = asciiDomain(address.slice(at + 1));
  if (domain === null) return null;
  const key = `${address.slice(0, at).toLowerCase()}@${domain}`;
  return key.length <= limits.email.max ? key : null;
}

function asciiDomain(domain: string): string | null {
  try {
    return new URL(`http://${domain}`).hostname.replace(/\.$/, '').toLowerCase();
  } catch {
    return null; // not a host name at all: the caller says so in words
  }
}

/** An e-mail address, given back as its key. */
export const email = z
  .string()
  .max(1_000)
  .transform((raw, ctx) => {
    const key = emailKeyOf(raw);
    if (key === null) ctx.addIssue({ code: 'custom', message: 'must be an e-mail address' });
    return key ?? z.NEVER;
  });
