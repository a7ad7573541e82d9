import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createWish } from './wish.ts';

interface Setting {
  readonly level: string;
  readonly until: string | null;
}

/** A setting that is told again only when `tell` is called; every write waits for `answer`. */
function asking() {
  const written: Setting[] = [];
  const answers: { done: () => void; refused: (why: Error) => void }[] = [];
  const [held, tell] = createSignal<Setting>({ level: 'all', until: null });
  const { shown, choose } = createRoot(() =>
    createWish(held, (wish) => {
      written.push(wish);
      return new Promise<void>((done, refused) => answers.push({ done, refused }));
    }),
  );
  return { written, answers, tell, shown, choose };
}

test('UI34: what is chosen while a choice is under way is added to it, and neither is lost', async () => {
  const { written, answers, tell, shown, choose } = asking();
  const first = choose({ level: 'none' });
  await choose({ until: 'tomorrow' });
  expect(written).toEqual([{ level: 'none', until: null }]);
  expect(shown()).toEqual({ level: 'none', until: 'tomorrow' });
  tell({ level: 'none', until: null });
  answers[0]?.done();
  await expect.poll(() => written.length, { timeout: 15_000 }).toBe(2);
  expect(written[1]).toEqual({ level: 'none', until: 'tomorrow' });
  answers[1]?.done();
  await first;
  expect(shown()).toEqual({ level: 'none', until: 'tomorrow' });
  tell({ level: 'none', until: 'tomorrow' });
  expect(shown()).toEqual({ level: 'none', until: 'tomorrow' });
});

test('UI34: what was answered and is not told of yet is still shown, and a choice then keeps it', async () => {
  const { written, answers, shown, choose } = asking();
  const first = choose({ level: 'none' });
  answers[0]?.done();
  await first;
  expect(shown().level).toBe('none');
  void choose({ until: 'tomorrow' });
  expect(written.at(-1)).toEqual({ level: 'none', until: 'tomorrow' });
});

test('UI34: a refused choice shows what is held again, and a change made elsewhere is shown', async () => {
  const { answers, tell, shown, choose } = asking();
  const first = choose({ level: 'none' });
  answers[0]?.refused(new Error('refused'));
  await first;
  expect(shown().level).toBe('all');
  tell({ level: 'mentions', until: null });
  expect(shown().level).toBe('mentions');
});
