import type { Catalogue } from '../language/catalogue.ts';

export const maori: Catalogue['reactions'] = {
  chooseEmoji: 'Kōwhiria he emoji',
  addReaction: 'Tāpirihia he tauhohe',
  likes: (count: number) => `${count} e pai ana`,
  yoursToo: (what: string) => `${what}, tae atu ki tāu`,
  others: 'ētahi atu',
};
