import { type Attachment, limits } from '@koreromai/contract';
import { createRoot } from 'solid-js';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { refusalOfFile } from './accepted.ts';
import { fitted } from './fitted.ts';
import { createUploads } from './uploads.ts';

const file = (name = 'a.png', type = 'image/png', size = 10) => new File([new Uint8Array(size)], name, { type });
const kept = { id: 'kept' } as Attachment;

function arrange() {
  const posts: {
    progress: (share: number) => void;
    settle: (kept: Attachment | Error) => void;
    abort: ReturnType<typeof vi.fn<() => void>>;
  }[] = [];
  return createRoot((dispose) => {
    const uploads = createUploads((_file, progress) => {
      const abort = vi.fn<() => void>();
      const done = new Promise<Attachment>((resolve, reject) => {
        posts.push({ progress, abort, settle: (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)) });
      });
      return { done, abort };
    });
    return { uploads, posts, dispose, states: () => uploads.list().map((each) => `${each.status} ${each.progress}`) };
  });
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('uploads', () => {
  beforeEach(() => {
    URL.createObjectURL = () => 'blob:here';
    URL.revokeObjectURL = vi.fn();
  });

  test('UI20: progress only grows, and ends with the file as the server keeps it', async () => {
    const { uploads, posts, states } = arrange();
    uploads.add([file()]);
    for (const share of [0.5, 0.25, 0.75]) posts[0]?.progress(share);
    expect(states()).toEqual(['uploading 0.75']);
    posts[0]?.settle(kept);
    await turn();
    expect([states(), uploads.list()[0]?.attachment]).toEqual([['done 1'], kept]);
  });

  test('UI20: a failure says why and is tried again from the start', async () => {
    const { uploads, posts, states } = arrange();
    uploads.add([file()]);
    posts[0]?.settle(new Error('The connection was lost.'));
    await turn();
    expect(uploads.list()[0]).toMatchObject({ status: 'failed', problem: 'The connection was lost.', again: true });
    uploads.retry(uploads.list()[0]?.key ?? '');
    expect([states(), posts.length]).toEqual([['uploading 0'], 2]);
  });

  test('UI20: cancelling aborts the request; leaving the chat aborts all of them', () => {
    const { uploads, posts, dispose } = arrange();
    uploads.add([file('a.png'), file('b.png')]);
    uploads.cancel(uploads.list()[0]?.key ?? '');
    expect([uploads.list().length, posts.map((post) => post.abort.mock.calls.length)]).toEqual([1, [1, 0]]);
    dispose();
    expect(posts.map((post) => post.abort.mock.calls.length)).toEqual([1, 1]);
    expect(URL.revokeObjectURL).toHaveBeenCalledTimes(2);
  });

  test('UI20: what the server would not take is not sent, and no more than a message holds', () => {
    const { uploads, posts } = arrange();
    expect(uploads.add([file('a.txt', 'text/plain')])).toBeNull();
    expect([posts.length, uploads.list()[0]?.again]).toEqual([0, false]);
    const many = Array.from({ length: limits.attachments.perMessage }, () => file());
    expect(uploads.add(many)).toBe('A message holds at most 10 files.');
    expect([uploads.list().length, posts.length]).toEqual([limits.attachments.perMessage, limits.attachments.perMessage - 1]);
  });
});

test('UI20: the bound of a file is the server’s, to the byte', () => {
  const sized = (size: number) => refusalOfFile({ type: 'image/png', size });
  expect([sized(0) === null, sized(1), sized(limits.media.maxBytes), sized(limits.media.maxBytes + 1) === null]).toEqual([
    false,
    null,
    null,
    false,
  ]);
});

test.each([
  [1_200, 800, 420, 280],
  [600, 1_200, 170, 340],
  [100, 50, 100, 50],
  [10, 10, 44, 44],
  [null, null, 320, 240],
])('UI21: a picture of %s × %s has its room before it is there: %s × %s', (width, height, w, h) => {
  expect(fitted({ width, height })).toEqual({ width: w, height: h });
});
