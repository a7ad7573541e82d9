import { limits, normaliseText } from '@koreromai/contract';
import { endingOf, isPicture, type MediaType } from './sniff.ts';

/** What names must not hold: what turns or hides text (E10), what separates folders, what shells and other systems stumble over. */
const unwanted = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\p{Zl}\p{Zp}]/gu;
const reserved = /[\\/:*?"<>|\n\t]/g;
/** Dots and spaces at the end. Looking behind, so that it is not begun anew at each of many dots (E8). */
const ends = /(?<![.\s])[.\s]+$/u;
const sameEnding: Partial<Record<MediaType, RegExp>> = { 'image/jpeg': /\.jpe?g$/i };

/** A file's name as it is shown and saved: one line of plain text that ends as its type does, whatever it was called. */
export function fileNameOf(raw: string, type: MediaType): string {
  const ending = `.${endingOf(type)}`;
  const clean = normaliseText(raw.slice(-2_000).toWellFormed().replace(unwanted, ''))
    .replace(reserved, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+/u, '')
    .replace(ends, '');
  const isRight = (name: string) => sameEnding[type]?.test(name) || name.toLowerCase().endsWith(ending);
  const cut = (name: string) => name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(ends, '');
  const whole = isRight(clean) ? clean : cut(clean); // `photo.png.exe` was a PNG before somebody called it otherwise
  const own = isRight(whole) ? whole.slice(whole.lastIndexOf('.')) : ending;
  const stem = isRight(whole) ? cut(whole) : whole;
  const most = limits.media.nameCodePoints - own.length;
  return ([...stem].slice(0, most).join('').trim() || (isPicture(type) ? 'picture' : 'video')) + own;
}
