import type { Catalogue } from '../language/catalogue.ts';

export const maori: Catalogue['composer'] = {
  filesAfterEdit: 'Tiakina, whakakorea rānei tō whakatikatika i te tuatahi, kātahi ka tāpiri kōnae.',
  editMessage: 'Whakatikaina tō karere',
  messageTo: (chat: string) => `Karere ki ${chat}`,
  writeMessage: 'Tuhia he karere',
  charactersLeft: 'pūāhua e toe ana',
  emoji: 'Ngā emoji',
  save: 'Tiakina',
  send: 'Tukuna',
  waitsForFiles: 'Ka tukuna ina tae ngā kōnae. Mā te Esc ka tatari.',
  saves: 'hei tiaki',
  sends: 'hei tuku',
  makesNewLine: 'hei rārangi hou',
  cancels: 'hei whakakore',
  cancelEditing: 'Whakakorea te whakatikatika',
  replyTo: (name: string) => `Whakautu ki a ${name}`,
  cancelReply: 'Whakakorea te whakautu',
  pictureOrVideo: 'Pikitia, ataata rānei',
  closed: 'Kua katia tēnei kōrero. Ka taea tonu te pānui.',
  seeDetails: 'Tirohia ngā taipitopito',
  underfull: 'Kāore he tangata atu i konei ināianei. Ka taea te tuhi ina uru mai tētahi.',
};
