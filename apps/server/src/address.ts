import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** The caller's address: the socket's, or what trusted proxies say of it. Everyone else's `X-Forwarded-For` is their own invention. */
export function createAddressOf(trusted: readonly string[]): (req: IncomingMessage) => string {
  const proxies = new BlockList();
  for (const entry of trusted) {
    const [net = '', bits] = entry.split('/');
    const family = isIP(net) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) proxies.addAddress(net, family);
    else proxies.addSubnet(net, Number(bits), family);
  }
  const isProxy = (address: string) => isIP(address) > 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (req) => {
    let address = plain(req.socket.remoteAddress ?? '');
    const forwarded = String(req.headers['x-forwarded-for'] ?? '').split(',');
    for (let i = forwarded.length - 1; i >= 0 && isProxy(address); i--) {
      const before = plain(forwarded[i]?.trim() ?? '');
      if (isIP(before) === 0) break; // rubbish: the last proxy that we know is all we know
      address = before;
    }
    return address;
  };
}

const plain = (address: string) => (address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address);
