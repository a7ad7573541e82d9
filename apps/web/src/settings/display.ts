import { createSignal } from 'solid-js';

/** How this browser shows things (UI46); the first of each is the default. */
export const displays = {
  order: ['newestLast', 'newestFirst'],
  density: ['cosy', 'compact'],
  hours: ['asLanguage', 'twelve', 'twentyFour'],
} as const;
export type DisplayName = keyof typeof displays;
export type Display<Name extends DisplayName> = (typeof displays)[Name][number];

const place = (name: DisplayName) => `koreromai.${name}`;

function read<Name extends DisplayName>(name: Name): Display<Name> {
  const choices: readonly Display<Name>[] = displays[name];
  const first = choices[0] as Display<Name>;
  try {
    const kept = localStorage.getItem(place(name));
    return choices.find((each) => each === kept) ?? first;
  } catch {
    return first; // storage may be forbidden
  }
}

const made = <Name extends DisplayName>(name: Name) => createSignal<Display<Name>>(read(name));
const signals = { order: made('order'), density: made('density'), hours: made('hours') };

/** What is chosen, followed at once wherever it is shown. */
export const display = {
  order: signals.order[0],
  density: signals.density[0],
  hours: signals.hours[0],
};

/** How dense the page is drawn is the style sheets' business. */
export function wearDensity(): void {
  document.documentElement.dataset.density = display.density();
}

export function keepDisplay<Name extends DisplayName>(name: Name, value: Display<Name>): void {
  const set = signals[name][1] as (next: () => Display<Name>) => void;
  set(() => value);
  wearDensity();
  try {
    localStorage.setItem(place(name), value);
  } catch {
    // kept for this visit only
  }
}
