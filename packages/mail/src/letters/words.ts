const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** A name as it may stand in a header or a line: no line ends, nothing invisible that turns the text around, at most 60 letters. */
export function plain(name: string): string {
  const letters = [...name.replace(control, ' ').replace(/\s+/g, ' ').trim()];
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join('');
}

/** Safe in HTML, between tags and in quoted attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** `3 messages`, `1 message`; from 100 on `99+`. */
export const counted = (n: number, what: string): string => `${n > 99 ? '99+' : n} ${what}${n === 1 ? '' : 's'}`;

/** `Hana`, `Hana and Wiremu`, `Hana, Wiremu and 3 others`. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
