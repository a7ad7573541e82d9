import { toast } from '../ui/toast.tsx';
import type { Trouble } from './keeping.ts';
import { t } from './words.ts';

/** Said once: it cannot be helped from here, and nothing else stops working. */
export const tellOfTrouble = (what: Trouble): void => toast(t(what === 'none' ? 'keepsNothing' : 'noRoom'), { stays: 12_000 });
