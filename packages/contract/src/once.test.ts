import { expect, test } from 'vitest';
import { z } from 'zod';
import { once } from './once.ts';

function scene() {
  let looks = 0;
  const inner = once(z.object({ text: z.string().refine(() => ++looks > 0) }));
  const answer = z.object({ inner });
  const event = z.discriminatedUnion('type', [z.object({ type: z.literal('said'), inner }), z.object({ type: z.literal('gone') })]);
  return { inner, answer, event, looks: () => looks };
}

test('what was found good is not looked at again, in whichever schema it stands, and only what is named comes out of it', () => {
  const { answer, event, looks } = scene();
  const value = { text: 'kia ora', secret: 1 };
  const told = event.parse({ type: 'said', inner: value });
  const answered = answer.parse({ inner: value });
  expect([told, answered]).toEqual([{ type: 'said', inner: { text: 'kia ora' } }, { inner: { text: 'kia ora' } }]);
  expect(looks()).toBe(1);
});

test('another value that looks the same is looked at, and one that was refused is refused again', () => {
  const { answer, looks } = scene();
  answer.parse({ inner: { text: 'a' } });
  answer.parse({ inner: { text: 'a' } });
  expect(looks()).toBe(2);
  const bad = { text: 7 };
  for (let n = 0; n < 2; n++) expect(answer.safeParse({ inner: bad }).success).toBe(false);
  expect(z.toJSONSchema(answer)).toEqual(z.toJSONSchema(z.object({ inner: z.object({ text: z.string() }) })));
});

test('it remembers what is told in a turn and no more', () => {
  const { inner, looks } = scene();
  const first = { text: 'first' };
  inner.parse(first);
  for (let n = 0; n < 300; n++) inner.parse({ text: `${n}` });
  inner.parse(first);
  expect(looks()).toBe(302);
});
