import { wordsOf } from '../language/words.ts';

export const english = {
  filesAfterEdit: 'Save or cancel your edit first, then add files.',
  editMessage: 'Edit your message',
  messageTo: (chat: string) => `Message to ${chat}`,
  writeMessage: 'Write a message',
  charactersLeft: 'characters left',
  emoji: 'Emoji',
  save: 'Save',
  send: 'Send',
  waitsForFiles: 'Goes as soon as the files are there. Esc waits with it.',
  saves: 'saves',
  sends: 'sends',
  makesNewLine: 'makes a new line',
  cancels: 'cancels',
  cancelEditing: 'Cancel editing',
  replyTo: (name: string) => `Reply to ${name}`,
  cancelReply: 'Cancel the reply',
  pictureOrVideo: 'Picture or video',
  closed: 'This chat has been closed. You can still read it.',
  seeDetails: 'See details',
  underfull: 'Nobody else is here at the moment. You can write as soon as somebody joins.',
};

export const t = wordsOf('composer', english);
