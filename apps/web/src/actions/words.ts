import { wordsOf } from '../language/words.ts';

export const english = {
  deleteAsked: 'Delete for everyone?',
  deleteHint:
    'Nobody in this chat can read it any more, and it cannot be brought back. To take it away for yourself alone, hide it instead.',
  deleteVerb: 'Delete',
  message: 'Message',
  whatToDo: 'What to do with this message',
  like: 'Like',
  unlike: 'Take the like back',
  reactTool: 'React',
  react: 'React…',
  answer: 'Reply',
  more: 'More',
  edit: 'Edit',
  copy: 'Copy text',
  link: 'Copy link',
  pin: 'Pin for everybody',
  unpin: 'Take the pin off',
  unread: 'Mark unread from here',
  report: 'Report…',
  hide: 'Hide for me',
  delete: 'Delete for everyone…',

  textCopied: 'The text is copied.',
  linkCopied: 'The link is copied.',
  cannotCopy: 'This browser does not let pages copy here. Select the text instead.',
  pinOff: 'The pin is off.',
  pinned: 'Pinned for everybody in this chat.',
  unreadFromHere: 'Unread from here on. Esc marks the chat as read.',
  hidden: 'Hidden for you. Everyone else still sees it.',
  undo: 'Undo',

  reportAsked: 'Report this message?',
  reportHint:
    'Those who moderate this server see this message, your name and your reason, and nothing else of the chat. Its author is not told.',
  whatIsWrong: 'What is wrong with it?',
  reportVerb: 'Report',
  reported: 'Thank you. The moderators will look at it.',
};

export const t = wordsOf('actions', english);
