import type { Catalogue } from '../language/catalogue.ts';

export const maori: Catalogue['offline'] = {
  newVersion: 'Kua rite tētahi putanga hou o KoreroMai.',
  useItNow: 'Whakamahia ināianei',
  keepsNothing:
    'Kāore tēnei pūtirotiro e pupuri i tētahi mea mō KoreroMai. E mahi ana ngā mea katoa, engari ka ngaro ngā mea kāore anō kia tukuna ina katia te whārangi.',
  noRoom: 'Kua kī tēnei pūrere. E mahi ana ngā mea katoa, engari tērā pea ka ngaro ngā mea kāore anō kia tukuna ina katia te whārangi.',
};
