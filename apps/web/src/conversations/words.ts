import { plural } from '../language/grammar.ts';
import { wordsOf } from '../language/words.ts';

export const english = {
  skip: 'Skip to the chat',
  chats: 'Chats',
  allChats: 'KoreroMai, all chats',
  newChat: 'New chat',
  account: (name: string) => `Account: ${name}`,
  settings: 'Settings',
  administration: 'Administration',
  shortcuts: 'Keyboard shortcuts',
  signOut: 'Sign out',
  rooms: 'Rooms',
  people: 'People',
  search: 'Search',
  activity: 'Activity',
  backToChats: 'Back to chats',
  olderChats: 'Show older chats',

  noChats: 'No chats yet',
  startChat: 'Start a chat',
  kiaOra: 'Kia ora,',
  firstRun: 'Type the e-mail addresses of friends: one for a direct chat, two to nine for a group.',
  quiet: 'It is quiet here',
  chooseChat: 'Choose a chat',
  firstChatHere: 'Your first chat will open in this place.',
  pickOne: 'Pick one from the list, or start a new one.',

  unread: 'unread',
  mentions: 'Mentions',
  namingYou: (count: number) => `${count} that name you`,
  you: 'You',
  noMessages: 'No messages yet',
  notSent: 'Not sent',
  waiting: 'Waiting to be sent',
  draft: 'Draft:',
  messageDeleted: 'Message deleted',
  pictureOrVideo: 'Picture or video',

  chatMenuOf: (chat: string) => `What to do with ${chat}`,
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  mute: 'Mute',
  unmute: 'Unmute',
  details: 'Details',
  hide: 'Hide from my list',

  someoneWhoLeft: 'Someone who left',
  newGroup: 'New group',
  more: (count: number) => `${count} more`,
  directChat: 'Direct chat',
  room: 'Room',
  roomNotFollowed: 'Room that you do not follow',
  peopleHere: (count: number) => plural(count, { one: '1 person', other: `${count} people` }),
  andInvited: (here: string, invited: number) => `${here}, ${invited} invited`,

  share: 'Share',
  nothingShared: 'Nothing was shared',
  nothingSharedWhy: 'Share a text or a link from another app, and choose the chat for it here.',
  whereTo: 'Where to? You can change it before it is sent.',

  withWhom: 'With whom?',
  groupName: 'Name of the group (optional)',
  startDirect: 'Start direct chat',
  createGroup: 'Create group',
  twoAreDirect: 'Two people make a direct chat. For a group, add one more.',
  passOnLink: 'Pass on the link',
  passOnLinks: 'The group stands. Pass on the links',
  seatsKept: (addresses: number) =>
    plural(addresses, {
      one: 'This address has no account yet. Its seat is kept for 14 days: whoever opens the link can join.',
      other: 'These addresses have no account yet. Their seats are kept for 14 days: whoever opens the link can join.',
    }),
  done: 'Done',
  openChat: 'Open the chat',
};

export const t = wordsOf('conversations', english);
