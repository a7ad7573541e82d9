import type { Catalogue } from '../language/catalogue.ts';

export const maori: Catalogue['ui'] = {
  tryAgain: 'Ngana anō',
  showMore: 'Whakaatuhia ētahi atu',
  cancel: 'Whakakorea',
  close: 'Katia',
  clear: 'Whakawāteahia',
  dismiss: 'Katia te pānui',
  notices: 'Ngā pānui',
  copy: 'Tāruatia',
  copied: 'Kua tāruatia',
  copiedOf: (what: string) => `Kua tāruatia: ${what}`,
  hidePassword: 'Hunaia te kupuhipa',
  showPassword: 'Whakaatuhia te kupuhipa',
  nothingHere: 'Kāore he mea i konei',
  nothingHereWhy: 'Tērā pea i hapa te tuhi i te wāhitau, kua kore rānei te mea i konei i mua.',
  toYourChats: 'Haere ki ō kōrero',
  broken: 'I pakaru tētahi mea i tēnei whārangi',
  brokenWhy: 'Kei te haumaru ō karere. I te nuinga o te wā ka tika i te uta anō i te whārangi.',
  loadAgain: 'Utaina anō',
};
