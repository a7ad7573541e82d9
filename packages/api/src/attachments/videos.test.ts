import { patience } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { verdict } from '../test/refused.ts';
import { typeOf } from './sniff.ts';
import { box, mp4, webm, words } from './test/movies.ts';
import { scrubVideo } from './videos.ts';

const traces = ['canary', 'Spyphone', '174.77', 'xmpmeta', '\xa9xyz', 'ISO6709', 'udta', 'uuid'];
const told = (bytes: Buffer) => traces.filter((trace) => bytes.includes(Buffer.from(trace, 'latin1')));
const scrub = (bytes: Buffer, type: 'video/mp4' | 'video/webm') => verdict((async () => scrubVideo(bytes, type))());

describe('videos', () => {
  test('R075, U7: an MP4 loses places, dates, device and the tracks that carry them; pictures and sound stay where they are', async () => {
    const bytes = mp4();
    expect(await typeOf(bytes)).toBe('video/mp4');
    expect(told(bytes).length).toBe(traces.length);
    const before = Buffer.from(bytes);
    expect(scrubVideo(bytes, 'video/mp4')).toEqual({ width: 640, height: 360 });
    expect(told(bytes)).toEqual([]);
    expect(bytes.length).toBe(before.length);
    for (const kept of ['PICTURES', 'sound', 'stsz', 'stco', 'moov']) expect(bytes.indexOf(kept), kept).toBe(before.indexOf(kept));
    expect(bytes.includes(words(0xdd000000)), 'no date').toBe(false);
    expect(bytes.includes('PLACE')).toBe(false);
    const once = Buffer.from(bytes);
    expect(scrubVideo(bytes, 'video/mp4')).toEqual({ width: 640, height: 360 });
    expect(bytes.equals(once), 'a second time changes nothing').toBe(true);
  });

  test('a film that was held upright is as high as it is shown', () => {
    expect(scrubVideo(mp4({ isTurned: true }), 'video/mp4')).toEqual({ width: 360, height: 640 });
  });

  test.each([false, true])('R075, U7: a WebM (live: %s) loses tags, titles, dates, attachments and chapters', async (live) => {
    const bytes = webm({ live });
    expect(await typeOf(bytes)).toBe('video/webm');
    const length = bytes.length;
    expect(scrubVideo(bytes, 'video/webm')).toEqual({ width: 320, height: 180 });
    expect(told(bytes)).toEqual([]);
    expect([bytes.length, bytes.includes('PICTURES')]).toEqual([length, true]);
    expect(scrubVideo(bytes, 'video/webm'), 'it can still be read').toEqual({ width: 320, height: 180 });
  });

  test('U5: half films, lies and floods are refused within a second', async () => {
    const whole = mp4();
    const huge = Buffer.from(whole);
    huge.writeUInt32BE(0xfffffff0, huge.indexOf('moov') - 4);
    const many = Buffer.concat([whole, ...Array.from({ length: 200_000 }, () => box('free'))]);
    const far = Buffer.from(whole);
    far.writeUInt32BE(0x7fffffff, far.lastIndexOf('stco') + 12);
    const fragments = Buffer.concat([whole, box('moof', box('traf', box('tfhd', words(0, 3))))]);
    const cases: Readonly<Record<string, readonly [Buffer, 'video/mp4' | 'video/webm']>> = {
      'half an MP4': [whole.subarray(0, whole.length >> 1), 'video/mp4'],
      'a box longer than the file': [huge, 'video/mp4'],
      'two hundred thousand boxes': [many, 'video/mp4'],
      'samples beyond the end': [far, 'video/mp4'],
      'a hidden track in pieces': [fragments, 'video/mp4'],
      'sound alone': [mp4({ video: false }), 'video/mp4'],
      'half a WebM': [webm().subarray(0, 200), 'video/webm'],
      'a WebM with subtitles': [webm({ second: 0x11 }), 'video/webm'],
      'a WebM with sound alone': [webm({ kind: 2 }), 'video/webm'],
      'a WebM of zeros': [Buffer.concat([webm({ live: true }), Buffer.alloc(20_000_000)]), 'video/webm'],
      nothing: [Buffer.alloc(0), 'video/mp4'],
    };
    for (const [name, [bytes, type]] of Object.entries(cases)) {
      const start = performance.now();
      expect([name, await scrub(bytes, type)]).toEqual([name, 'UNSUPPORTED_MEDIA']);
      expect(performance.now() - start, name).toBeLessThan(1_000 * patience);
    }
  });
});
