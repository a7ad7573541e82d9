import { isIP } from 'node:net';
import { limits } from '@koreromai/contract';
import ipaddr from 'ipaddr.js';

/** Names that mean this machine or this network wherever they are looked up. */
const local = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa|onion|invalid|test)$/i;

/**
 * Where a link may lead (S1), or null: http and https at their own ports, no name and password, a host of the public Internet. Decimal, octal,
 * hex and short forms of addresses and digits of other scripts are what the URL parser makes of them: plain addresses, judged as such.
 */
export function targetOf(raw: string, base?: URL): URL | null {
  if (!URL.canParse(raw, base?.href)) return null;
  const url = new URL(raw, base);
  url.hash = '';
  if (url.href.length > limits.previews.maxUrl || !/^https?:$/.test(url.protocol)) return null;
  if (url.port !== '' && url.port !== '80' && url.port !== '443') return null;
  if (url.username !== '' || url.password !== '') return null;
  const address = addressIn(url);
  if (address !== null) return isPublic(address) ? url : null;
  return url.hostname.includes('.') && !url.hostname.endsWith('.') && !local.test(url.hostname) ? url : null;
}

/** Where a redirect leads (S3): judged like a link, and never from https back to http. */
export function onwards(from: URL, location: string | undefined): URL | null {
  const to = location === undefined ? null : targetOf(location, from);
  return to !== null && from.protocol === 'https:' && to.protocol !== 'https:' ? null : to;
}

/** The address that stands in the URL instead of a name, without brackets. */
function addressIn(url: URL): string | null {
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) > 0 ? bare : null;
}

/** False for whatever is private, reserved, loopback, link-local, multicast or a wrapping of another address (mapped, 6to4, NAT64, Teredo …). */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3'));
}
