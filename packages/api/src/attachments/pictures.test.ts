import { limits } from '@koreromai/contract';
import { patience, pngOf } from '@koreromai/testing';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { verdict } from '../test/refused.ts';
import { createPictures } from './pictures.ts';
import { type PictureType, typeOf } from './sniff.ts';
import { animation, drawing, exif, gifBomb, lyingJpeg, withSegment } from './test/samples.ts';

const pictures = createPictures();
const types = ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif'] as const;
const encode = (type: PictureType, picture: Sharp) => picture.toFormat(type.slice('image/'.length) as 'png').toBuffer();

describe('pictures', () => {
  test.each(types)('U7: %s loses place, device, profile, texts and its own thumbnail, and keeps its pixels', async (type) => {
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>canary</rdf:RDF></x:xmpmeta>';
    let raw: Buffer = await encode(type, drawing(64, 48).withExif(exif).withXmp(xmp).withIccProfile('p3'));
    if (type === 'image/jpeg') raw = withSegment(withSegment(raw, 0xfe, Buffer.from('canary')), 0xed, Buffer.from('Photoshop 3.0\0canary'));
    if (type !== 'image/gif') expect(raw.includes('canary') || raw.includes('Spyphone'), 'the sample has something to lose').toBe(true);
    const { bytes, width, height, thumbnail } = await pictures.redrawn(raw, type);
    for (const out of [bytes, thumbnail.bytes]) {
      for (const trace of ['canary', 'Spyphone', 'Exif', 'GPS', 'xmp', 'rdf', 'ICC_PROFILE', 'iCCP', 'Photoshop', 'tEXt']) {
        expect(out.includes(trace), trace).toBe(false);
      }
      const { exif: left, icc, iptc, xmp: leftXmp, orientation } = await sharp(out).metadata();
      expect([left, icc, iptc, leftXmp, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    }
    expect([width, height, await typeOf(bytes)]).toEqual([64, 48, type]);
    const { data } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(150); // orange to the left
    expect(data[63 * 3]).toBeLessThan(100); // blue to the right
  });

  test('U7: texts and a place in a PNG’s chunks are gone', async () => {
    const rows = pngOf(16, 16, 16, ['tEXt', Buffer.from('Comment\0canary')], ['iTXt', Buffer.from('XML:com.adobe.xmp\0\0\0\0\0canary')]);
    expect(rows.includes('canary')).toBe(true);
    expect((await pictures.redrawn(rows, 'image/png')).bytes.includes('canary')).toBe(false);
  });

  test.each([
    [1, 64, 48],
    [3, 64, 48],
    [6, 48, 64],
    [8, 48, 64],
  ])('U7: a photo that says it lies at %i is stored upright', async (orientation, width, height) => {
    const raw = await drawing(64, 48).withMetadata({ orientation }).jpeg().toBuffer();
    const upright = await pictures.redrawn(raw, 'image/jpeg');
    expect([upright.width, upright.height]).toEqual([width, height]);
    expect([upright.thumbnail.width, upright.thumbnail.height]).toEqual([width, height]);
    const { data } = await sharp(upright.bytes).raw().toBuffer({ resolveWithObject: true });
    const firstIsOrange = (data[0] ?? 0) > 150;
    expect(firstIsOrange).toBe({ 1: true, 3: false, 6: true, 8: false }[orientation]);
  });

  test.each(['gif', 'webp'] as const)('an animated %s keeps its frames, their times and its loop', async (format) => {
    const raw = await animation(7, format);
    const { bytes, width, height, thumbnail } = await pictures.redrawn(raw, `image/${format}`);
    const [before, after] = [await sharp(raw, { animated: true }).metadata(), await sharp(bytes, { animated: true }).metadata()];
    expect([width, height, after.pages, after.loop]).toEqual([32, 24, 7, 3]);
    expect(after.delay).toEqual(before.delay);
    expect((await sharp(thumbnail.bytes).metadata()).pages ?? 1).toBe(1);
  });

  test('a sound JPEG with stray bytes between its parts, as some cameras write it, is taken', async () => {
    const raw = await drawing(64, 48).jpeg().toBuffer();
    const behindFirst = 4 + raw.readUInt16BE(4);
    const stray = Buffer.concat([raw.subarray(0, behindFirst), Buffer.from([1, 2, 3, 4]), raw.subarray(behindFirst)]);
    await expect(sharp(stray, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('extraneous');
    expect(await pictures.redrawn(stray, 'image/jpeg')).toMatchObject({ width: 64, height: 48 });
  });

  test('small pictures fit into 480 pixels, are never enlarged, and say their size', async () => {
    const sizes: number[][] = [];
    for (const [width, height] of [[1200, 300] as const, [300, 1200] as const, [40, 30] as const]) {
      const { thumbnail } = await pictures.redrawn(await drawing(width, height).png().toBuffer(), 'image/png');
      const { format, ...size } = await sharp(thumbnail.bytes).metadata();
      expect([size.width, size.height, format]).toEqual([thumbnail.width, thumbnail.height, 'webp']);
      sizes.push([thumbnail.width, thumbnail.height]);
    }
    expect(sizes).toEqual([
      [480, 120],
      [120, 480],
      [40, 30],
    ]);
  });

  test('an avatar is a square of 256 pixels, also of a small, a turned and an animated picture', async () => {
    const samples: [Buffer, PictureType][] = [
      [await drawing(900, 300).png().toBuffer(), 'image/png'],
      [await drawing(20, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer(), 'image/jpeg'],
      [await animation(5, 'gif'), 'image/gif'],
    ];
    for (const [raw, type] of samples) {
      const { bytes } = await pictures.square(raw, type);
      const { width, height, format, pages = 1 } = await sharp(bytes).metadata();
      expect([width, height, format, pages]).toEqual([256, 256, 'webp', 1]);
    }
  });
});

test('U5: bombs of pixels, of frames and of metadata, lies and half files are refused within a second in bounded memory', async () => {
  const jpeg = await drawing(64, 48).jpeg().toBuffer();
  const noise = await sharp({
    create: { width: 400, height: 300, channels: 3, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  })
    .png()
    .toBuffer();
  const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
  const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\xff', 'latin1'), Buffer.alloc(65_000, 7)]);
  const giants = Array.from({ length: 200 }).reduce<Buffer>((sum) => withSegment(sum, 0xe2, profile), jpeg);
  const animated = await animation(7, 'webp');
  const cases: Readonly<Record<string, readonly [Buffer, PictureType, ...string[]]>> = {
    'a PNG of 50,000²': [pngOf(50_000, 50_000, 10), 'image/png', 'PICTURE_TOO_LARGE'],
    'a PNG of 2³¹ − 1 pixels across': [pngOf(2_147_483_647, 1, 0), 'image/png', 'PICTURE_TOO_LARGE', 'UNSUPPORTED_MEDIA'],
    'a PNG of 0 pixels': [pngOf(0, 0, 0), 'image/png', 'UNSUPPORTED_MEDIA'],
    'a PNG with too few rows': [pngOf(6_000, 6_000, 10), 'image/png', 'UNSUPPORTED_MEDIA'],
    'a JPEG that lies upwards': [lyingJpeg(jpeg, 6_000, 6_000), 'image/jpeg', 'UNSUPPORTED_MEDIA'],
    'a JPEG that says 65,500²': [lyingJpeg(jpeg, 65_500, 65_500), 'image/jpeg', 'PICTURE_TOO_LARGE'],
    'a GIF of a million frames': [gifBomb(1_000_000), 'image/gif', 'PICTURE_TOO_LARGE'],
    'a GIF of 20 frames of 2,000²': [gifBomb(20, 2_000, 2_000), 'image/gif', 'PICTURE_TOO_LARGE'],
    'a WebP of too many frames': [webpBomb(animated, 100_000), 'image/webp', 'PICTURE_TOO_LARGE'],
    'half a PNG': [half(noise), 'image/png', 'UNSUPPORTED_MEDIA'],
    'half a JPEG': [half(await sharp(noise).jpeg().toBuffer()), 'image/jpeg', 'UNSUPPORTED_MEDIA'],
    'half a WebP': [half(await sharp(noise).webp().toBuffer()), 'image/webp', 'UNSUPPORTED_MEDIA'],
    'half a GIF': [half(await sharp(noise).gif().toBuffer()), 'image/gif', 'UNSUPPORTED_MEDIA'],
    'half an AVIF': [half(await sharp(noise).avif({ effort: 0 }).toBuffer()), 'image/avif', 'UNSUPPORTED_MEDIA'],
    'a JPEG with 13 MB of broken profiles': [giants, 'image/jpeg', 'UNSUPPORTED_MEDIA', 'done'],
    'a JPEG called PNG': [jpeg, 'image/png', 'UNSUPPORTED_MEDIA'],
  };
  const told: string[] = [];
  for (const [name, [bytes, type, ...codes]] of Object.entries(cases)) {
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
    const start = performance.now();
    const code = await verdict(pictures.redrawn(bytes, type));
    const took = performance.now() - start;
    clearInterval(watch);
    most = Math.max(most, process.memoryUsage.rss());
    expect(codes, `${name}: ${code}`).toContain(code);
    expect(took, name).toBeLessThan(1_000 * patience);
    expect(most - before, `${name}: memory`).toBeLessThan(150 * 1_048_576);
    told.push(`${name}: ${code} in ${took.toFixed(0)} ms, +${((most - before) / 1_048_576).toFixed(0)} MB`);
  }
  process.stdout.write(`U5:\n  ${told.join('\n  ')}\n`);
  expect(told).toHaveLength(16);
});

/** One frame of an animation, again and again. */
function webpBomb(animated: Buffer, frames: number): Buffer {
  const at = animated.indexOf('ANMF');
  const frame = animated.subarray(at, at + 8 + animated.readUInt32LE(at + 4));
  const bomb = Buffer.concat([animated.subarray(0, at), ...Array.from({ length: frames }, () => frame)]);
  bomb.writeUInt32LE(bomb.length - 8, 4);
  return bomb;
}

test('U11: the library that draws reads bytes of five kinds and nothing else: no paths, no addresses, no SVG', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>');
  const tiff = Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1');
  const others = [
    svg,
    Buffer.from(`<?xml version="1.0"?>${svg}`),
    tiff,
    Buffer.from('%PDF-1.4\n'),
    Buffer.from('push graphic-context\n'),
    Buffer.from('%!PS\n'),
  ];
  for (const bytes of others) {
    expect(await typeOf(bytes)).toBeNull();
    for (const type of types) expect(await verdict(pictures.redrawn(bytes, type))).toBe('UNSUPPORTED_MEDIA');
    await expect(sharp(bytes).metadata(), 'blocked in the whole process').rejects.toThrow();
  }
  await expect(sharp('/etc/hostname').metadata()).rejects.toThrow();
  expect(sharp.concurrency()).toBe(1);
  expect(limits.media.maxPixels).toBe(50_000_000);
});
