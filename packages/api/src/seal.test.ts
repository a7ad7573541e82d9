import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeal } from './seal.ts';

test('a place in the log is sealed the same way in whatever order places are asked for, and opens to what it was', () => {
  const secret = Buffer.alloc(16, 7);
  const seal = createSeal(secret, 3);
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(2_000), fc.maxSafeNat()), { maxLength: 40 }), (places) => {
      for (const pos of places) {
        const sealed = seal.pos(pos);
        expect(sealed).toMatch(/^[\w-]{22}$/);
        expect([createSeal(secret, 3).pos(pos), seal.openPos(sealed)]).toEqual([sealed, pos]);
        expect(createSeal(secret, 4).openPos(sealed), 'before a restore').toBe(Number.POSITIVE_INFINITY);
      }
    }),
  );
});

test('what was not sealed here opens to nothing', () => {
  const seal = createSeal(Buffer.alloc(16, 7));
  for (const text of ['', '1', 'A'.repeat(22), createSeal(Buffer.alloc(16, 8)).pos(1), `${seal.pos(1)}=`])
    expect(seal.openPos(text)).toBeNull();
});
