import { limits, normaliseText } from '@koreromai/contract';

/** From here on the composer shows how much room is left. */
const COUNT_WITHIN = 200;

/** Characters left by the server's own measure, once that is worth saying; negative when it is too long. */
export function roomLeft(text: string): number | null {
  if (text.length < limits.text.maxCodePoints - COUNT_WITHIN) return null; // no text has more code points than units
  const left = limits.text.maxCodePoints - [...normaliseText(text)].length;
  return left <= COUNT_WITHIN ? left : null;
}
