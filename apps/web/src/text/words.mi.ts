import type { Catalogue } from '../language/catalogue.ts';

export const maori: Catalogue['text'] = {
  code: 'Waehere',
  copyCode: 'Tāruatia te waehere',
};
