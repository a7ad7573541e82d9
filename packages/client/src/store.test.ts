import { expect, it } from 'vitest';
import { emptyState } from './state.ts';
import { createStore, scoped } from './store.ts';

it('tells every listener of a change, and nobody of none', () => {
  const store = createStore();
  const heard: number[] = [];
  const end = store.subscribe((state) => heard.push(state.userSeq));
  store.update((state) => ({ ...state, userSeq: 1 }));
  store.update((state) => state);
  end();
  store.update((state) => ({ ...state, userSeq: 2 }));
  expect([heard, store.get().userSeq]).toEqual([[1], 2]);
});

it('a listener that changes the state again does not bring an older one to those after it', () => {
  const store = createStore();
  const heard: number[] = [];
  store.subscribe((state) => state.userSeq === 1 && store.update((now) => ({ ...now, userSeq: 2 })));
  store.subscribe((state) => heard.push(state.userSeq));
  store.update((state) => ({ ...state, userSeq: 1 }));
  expect(heard).toEqual([2]);
});

it("an answer that comes after signing out does not reach the next person's state", () => {
  const whole = createStore();
  const { store, end } = scoped(whole);
  let heard = 0;
  store.subscribe(() => heard++);
  store.update((state) => ({ ...state, userSeq: 1 }));
  end();
  store.update((state) => ({ ...state, userSeq: 2 }));
  whole.update(() => emptyState);
  expect([whole.get(), heard]).toEqual([emptyState, 1]);
});
