import { createECDH } from 'node:crypto';
import { expect, test } from 'vitest';
import { encrypted, isPoint } from './encrypt.ts';
import { claimsOf, createBrowser, opened } from './test/service.ts';
import { contactOf, createVapid } from './vapid.ts';

const bytesIn = (text: string) => Buffer.from(text, 'base64url');

test('UI28: a message is what RFC 8291 says in its section 5, byte for byte', () => {
  const listener = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const half = { privateKey: bytesIn('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'), salt: bytesIn('DGv6ra1nlYgDCS1FRnbzlw') };
  expect(encrypted('When I grow up, I want to be a watermelon', listener, half).toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('UI28: only the browser it was meant for opens a message, and no byte of it can be changed', () => {
  const [mine, other] = [createBrowser(), createBrowser()];
  const body = encrypted('Kia ora', mine.subscription.keys);
  expect(mine.open(body)).toBe('Kia ora');
  expect(() => other.open(body)).toThrow();
  for (const at of [3, 30, body.length - 20, body.length - 1]) {
    const changed = Buffer.from(body);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => mine.open(changed)).toThrow();
  }
  expect(encrypted('Kia ora', mine.subscription.keys).equals(body)).toBe(false); // another key and salt each time
  expect(() => encrypted('a'.repeat(4_000), mine.subscription.keys)).toThrow('too long');
});

test('UI28: what is no point of the curve is known before anything is encrypted to it', () => {
  expect(isPoint(createBrowser().subscription.keys.p256dh)).toBe(true);
  expect(isPoint(`B${'A'.repeat(86)}`)).toBe(false);
});

test('UI28: the keys follow from the secret of the instance alone, and sign who asks, whom, and until when', () => {
  const secret = Buffer.alloc(16, 7);
  const vapid = createVapid(secret, 'https://chat.example.nz');
  expect(createVapid(Buffer.from(secret), 'https://chat.example.nz').publicKey).toBe(vapid.publicKey);
  expect(createVapid(Buffer.alloc(16, 8), 'https://chat.example.nz').publicKey).not.toBe(vapid.publicKey);
  expect(isPoint(vapid.publicKey)).toBe(true);
  const now = Date.UTC(2026, 10, 21);
  const signed = vapid.authorization('https://push.example.nz', now);
  expect(claimsOf(signed)).toEqual({
    aud: 'https://push.example.nz',
    exp: now / 1_000 + 12 * 3_600,
    sub: 'https://chat.example.nz',
    key: vapid.publicKey,
  });
  const other = createVapid(Buffer.alloc(16, 8), 'https://chat.example.nz').publicKey;
  expect(() => claimsOf(signed.replace(vapid.publicKey, other))).toThrow('Not signed');
  expect(contactOf('https://chat.example.nz')).toBe('https://chat.example.nz');
  expect(contactOf('http://localhost:1337')).toBe('mailto:postmaster@localhost');
});

test('UI28: what a test opens with is a browser’s part of RFC 8291 and not ours turned round', () => {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(bytesIn('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94'));
  const body = bytesIn(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
  const own = { own: ecdh.getPublicKey(), auth: bytesIn('BTBZMqHH6r4Tts7J_aSIgg'), shared: (theirs: Buffer) => ecdh.computeSecret(theirs) };
  expect(opened(body, own)).toBe('When I grow up, I want to be a watermelon');
});
