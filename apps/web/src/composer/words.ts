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
  join: 'Join',
  joinFirst: 'This room shows what is said since one joined. Join it to read and write.',
  suggestions: 'Suggestions',
  suggested: (count: number) => `${count} suggestions. Arrow keys to choose, Enter to take, Esc to go on.`,
  everybodyHere: 'Everybody in this group',
  room: 'Room',
};

export const t = wordsOf('composer', english);
