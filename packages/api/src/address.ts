import { isIP } from 'node:net';

/**
 * The part of an address that one caller has: an IPv4 address whole, of an IPv6 address its first 64 bits, because everybody who has one has
 * the other 2^64 in that network as well (R8). What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%'); // a zone says nothing beyond this machine
  if (isIP(bare) !== 6) return address;
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail ? tail.split(':') : [];
  const groups = tail === undefined ? front : [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back];
  const [high = '', low = ''] = groups.slice(6);
  const mapped = groups.slice(0, 5).every((g) => g === '0') && groups[5] === 'ffff';
  if (mapped) return [high, low].flatMap((g) => [Number.parseInt(g, 16) >> 8, Number.parseInt(g, 16) & 255]).join('.');
  return `${groups.slice(0, 4).join(':')}::/64`;
}
