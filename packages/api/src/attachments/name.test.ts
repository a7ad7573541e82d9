import { expect, test } from 'vitest';
import { fileNameOf } from './name.ts';
import type { MediaType } from './sniff.ts';

test.each<[MediaType, string, string]>([
  ['image/jpeg', 'IMG_1.JPEG', 'IMG_1.JPEG'],
  ['image/jpeg', 'IMG_1.jpg', 'IMG_1.jpg'],
  ['image/jpeg', 'IMG_1.png', 'IMG_1.jpg'],
  ['video/mp4', 'clip', 'clip.mp4'],
  ['video/mp4', '.mp4', 'mp4.mp4'],
  ['video/webm', ' ​  ', 'video.webm'],
  ['image/png', 'a\0b\rc\nd.png', 'ab_c_d.png'],
  ['image/png', 'version 2.0 final', 'version 2.0 final.png'],
  ['image/png', '\ud800x.png', '\ufffdx.png'],
  ['image/png', 'fi\u202ele.png', 'file.png'],
  ['image/png', 'a/b\\c:d.png', 'a_b_c_d.png'],
])('U3, E10: %s that came as %j is called %j', (type, raw, name) => {
  expect(fileNameOf(raw, type)).toBe(name);
});
