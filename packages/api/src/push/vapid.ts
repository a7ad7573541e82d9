import { createECDH, createPrivateKey, hkdfSync, type KeyObject, sign } from 'node:crypto';

/** The order of P-256: private keys are 1 … order − 1. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const lifetime = 12 * 3_600_000;

/** Who this server is to push services (VAPID, RFC 8292). */
export interface Vapid {
  /** 65 bytes in base64url: what browsers subscribe with. */
  readonly publicKey: string;
  /** The value of `Authorization` for requests to the push service at `origin`. `now` in milliseconds since 1970. */
  authorization(origin: string, now: number): string;
}

/**
 * The pair of keys of an instance, derived from its secret: the same after every start, a restore and a move, in every process, and stored
 * nowhere. 48 bytes brought down to 32 leave no bias worth naming (FIPS 186-5, A.2.1). `contact` is where push services find whoever runs this.
 */
export function createVapid(secret: Buffer, contact: string): Vapid {
  const wide = BigInt(`0x${Buffer.from(hkdfSync('sha256', secret, '', 'web push vapid', 48)).toString('hex')}`);
  const d = Buffer.from(((wide % (order - 1n)) + 1n).toString(16).padStart(64, '0'), 'hex');
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const part = (bytes: Buffer) => bytes.toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: part(d), x: part(point.subarray(1, 33)), y: part(point.subarray(33)) };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = part(point);
  return {
    publicKey,
    authorization(origin, now) {
      const claims = { aud: origin, exp: Math.floor((now + lifetime) / 1_000), sub: contact };
      return `vapid t=${jwtOf(claims, key)}, k=${publicKey}`;
    },
  };
}

function jwtOf(claims: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const said = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  return `${said}.${sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** Push services want an address where whoever runs this can be found: the site itself, where that is one they could visit. */
export function contactOf(publicUrl: string): string {
  const { protocol, origin, hostname } = new URL(publicUrl);
  return protocol === 'https:' ? origin : `mailto:postmaster@${hostname}`;
}
