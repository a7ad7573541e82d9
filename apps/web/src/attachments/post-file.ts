import { type Attachment, isErrorCode, sentenceOf } from '@koreromai/contract';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

interface Posting {
  /** Resolves with the file as the server keeps it, rejects with a sentence; `abort` leaves it open for ever. */
  readonly done: Promise<Attachment>;
  abort(): void;
}

/** `fetch` does not tell how much has gone out, so this is the older request. */
export function postFile(file: File, onProgress: (share: number) => void): Posting {
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => total > 0 && onProgress(loaded / total));
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(request.response as Attachment);
      else reject(new Error(sentenceIn(request.response)));
    });
    request.addEventListener('error', () => reject(new Error(t('connectionLost'))));
  });
  const form = new FormData();
  form.append('file', file);
  request.open('POST', '/api/v1/attachments');
  request.responseType = 'json';
  request.send(form);
  return { done, abort: () => request.abort() };
}

function sentenceIn(problem: unknown): string {
  const code: unknown = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
  const known = isErrorCode(code) ? code : 'INTERNAL';
  return reasonOf({ code: known, message: sentenceOf(known) });
}
