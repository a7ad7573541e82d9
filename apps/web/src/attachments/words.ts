import { wordsOf } from '../language/words.ts';

export const english = {
  addFiles: 'Add pictures or videos',
  files: 'Pictures or videos',
  dropToSend: 'Drop to send to',
  cannotShow: 'This picture cannot be shown.',
  openPicture: (file: string, by: string) => `Open picture ${file} from ${by}`,
  place: (at: number, of: number) => `${at} of ${of}`,
  smaller: 'Smaller',
  larger: 'Larger',
  download: 'Download',
  close: 'Close',
  previous: 'Previous picture',
  next: 'Next picture',
  filesToSend: 'Files to send',
  uploading: (file: string) => `Uploading ${file}`,
  notUploaded: 'It could not be uploaded.',
  tryAgain: 'Try again',
  tryAgainOf: (file: string) => `Try ${file} again`,
  cancel: 'Cancel',
  cancelOf: (file: string) => `Cancel ${file}`,
  remove: 'Remove',
  removeOf: (file: string) => `Remove ${file}`,
  wrongKind: 'Only pictures (PNG, JPEG, WebP, GIF, AVIF) and videos (MP4, WebM) can be sent.',
  empty: 'This file is empty.',
  tooLarge: (megabytes: number) => `This file is larger than ${megabytes} MB.`,
  tooMany: (most: number) => `A message holds at most ${most} files.`,
  connectionLost: 'The connection was lost. Try again.',
};

export const t = wordsOf('attachments', english);
