import { t } from './words.ts';

const digits = (fault: string): string[] => fault.match(/\d+/gu) ?? [];

/** How the contract words what is wrong with a field, and how that is said here. */
const known: readonly (readonly [shape: RegExp, say: (fault: string) => string])[] = [
  [/^must be an e-mail address$/, () => t('mustBeAddress')],
  [/^must not be empty$/, () => t('mustNotBeEmpty')],
  [/^must be at least \d+ characters$/, (fault) => t('mustBeAtLeast', digits(fault)[0] ?? '')],
  [/^must be at most \d+ characters$/, (fault) => t('mustBeAtMost', digits(fault)[0] ?? '')],
  [/^must be \d+ to \d+ letters, digits/, (fault) => t('mustBeUsername', digits(fault)[0] ?? '', digits(fault)[1] ?? '')],
];

/** The contract words a fault as "must be …"; people read "Must be …." What is not known here is said as the server said it. */
export function faultSentence(fault: string): string {
  const found = known.find(([shape]) => shape.test(fault));
  return found === undefined ? `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.` : found[1](fault);
}
