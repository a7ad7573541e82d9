import { toast } from '../ui/toast.tsx';
import type { Trouble } from './keeping.ts';

const words: Readonly<Record<Trouble, string>> = {
  none: 'This browser keeps nothing for KoreroMai. Everything works, but what is not sent yet is lost when you close the page.',
  full: 'This device has no room left. Everything works, but what is not sent yet may be lost when you close the page.',
};

/** Said once: it cannot be helped from here, and nothing else stops working. */
export const tellOfTrouble = (what: Trouble): void => toast(words[what], { stays: 12_000 });
