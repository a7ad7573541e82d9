import { wordsOf } from '../language/words.ts';

export const english = {
  tryAgain: 'Try again',
  showMore: 'Show more',
  cancel: 'Cancel',
  close: 'Close',
  clear: 'Clear',
  dismiss: 'Dismiss',
  notices: 'Notices',
  copy: 'Copy',
  copied: 'Copied',
  copiedOf: (what: string) => `Copied: ${what}`,
  hidePassword: 'Hide password',
  showPassword: 'Show password',
  nothingHere: 'There is nothing here',
  nothingHereWhy: 'The address may be mistyped, or what stood here is gone.',
  toYourChats: 'Go to your chats',
  broken: 'Something broke on this page',
  brokenWhy: 'Your messages are safe. Loading the page again usually mends it.',
  loadAgain: 'Load it again',
};

export const t = wordsOf('ui', english);
