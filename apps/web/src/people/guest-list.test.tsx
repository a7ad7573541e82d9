import { fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { describe, expect, test } from 'vitest';
import { SessionProvider } from '../session/session.tsx';
import { me, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { type Guest, guestsOf, withGuests } from './guest-list.ts';
import { PeopleInput } from './people-input.tsx';
import { overfullSentence, seatingOf } from './seats.ts';

const keys = (raw: string) => guestsOf(raw, me.email).map((guest) => (guest.problem === undefined ? guest.key : `! ${guest.key}`));

describe('people as they are typed', () => {
  test('UI22: lists, lines and addresses copied from a mail become guests', () => {
    expect(keys('ben@example.org, mere@example.org;tama@example.org\nKiri Te Ao <kiri@example.org>, @sofia')).toEqual([
      'ben@example.org',
      'mere@example.org',
      'tama@example.org',
      '@sofia',
      'kiri@example.org',
    ]);
  });

  test('C1: the same address in another spelling is the same guest', () => {
    expect(withGuests(guestsOf('Ben@Example.ORG', me.email), guestsOf('ben@example.org BEN@example.org', me.email))).toHaveLength(1);
  });

  test('C2: what is no address, and oneself, is said in words', () => {
    expect(keys('nonsense AROHA@example.org ben@')).toEqual(['! nonsense', '! aroha@example.org', '! ben@']);
  });
});

describe('seats', () => {
  test.each([
    [0, 'nobody', 1],
    [1, 'direct', 2],
    [2, 'group', 3],
    [9, 'group', 10],
    [10, 'overfull', 11],
  ])('C5, C6: %i others make %s with %i seats', (others, kind, seats) => {
    expect(seatingOf(others)).toMatchObject({ kind, seats });
  });

  test('C6: the warning says how many have to go', () => {
    expect(overfullSentence(1)).toContain('Remove one person.');
    expect(overfullSentence(4)).toContain('Remove 4 people.');
  });
});

describe('the box of chips', () => {
  const show = () => {
    const client = makeFakeClient(signedIn());
    const [guests, setGuests] = createSignal<Guest[]>([]);
    render(() => (
      <SessionProvider client={client}>
        <PeopleInput label="With whom?" guests={guests()} onGuests={setGuests} />
      </SessionProvider>
    ));
    return { box: screen.getByLabelText('With whom?'), guests };
  };
  const type = (box: HTMLElement, text: string) => fireEvent.input(box, { target: { value: text } });

  test.each(['Enter', ',', ' ', ';'])('UI22: %j makes a chip, and Backspace in the empty box takes it back', (key) => {
    const { box, guests } = show();
    type(box, 'ben@example.org');
    fireEvent.keyDown(box, { key });
    expect(guests().map((guest) => guest.key)).toEqual(['ben@example.org']);
    expect(box).toHaveValue('');
    fireEvent.keyDown(box, { key: 'Backspace' });
    expect(guests()).toEqual([]);
  });

  test('UI22: leaving the box keeps what was typed, and each chip can be removed by name', () => {
    const { box, guests } = show();
    type(box, 'ben@example.org');
    fireEvent.blur(box);
    fireEvent.click(screen.getByRole('button', { name: 'Remove ben@example.org' }));
    expect(guests()).toEqual([]);
  });

  test('UI9: Enter that ends a composition makes no chip', () => {
    const { box, guests } = show();
    type(box, 'ben@example.org');
    fireEvent.keyDown(box, { key: 'Enter', isComposing: true });
    expect(guests()).toEqual([]);
  });
});
