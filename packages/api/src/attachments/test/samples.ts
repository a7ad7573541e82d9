import sharp from 'sharp';

/** Latitude and maker, as a phone writes them. */
export const exif = {
  IFD0: { Make: 'Spyphone', Model: 'Canary 9', ImageDescription: 'at home', Copyright: 'canary' },
  IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '41/1 17/1 20/1', GPSLongitudeRef: 'E', GPSLongitude: '174/1 46/1 38/1' },
};

/** A picture of two colours, left and right. */
export const drawing = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#205080' } }).composite([
    {
      input: {
        create: { width: Math.max(1, width >> 1), height, channels: 3, background: '#e0a030' },
      },
      left: 0,
      top: 0,
    },
  ]);

/** An animation whose frames all differ. */
export const animation = async (frames: number, format: 'gif' | 'webp', width = 32, height = 24): Promise<Buffer> => {
  const stills = await Promise.all(
    Array.from({ length: frames }, (_, i) =>
      sharp({ create: { width, height, channels: 3, background: { r: (i * 37) % 256, g: (i * 91) % 256, b: (i * 53) % 256 } } })
        .png()
        .toBuffer(),
    ),
  );
  const delay = stills.map((_, i) => 50 + i * 10);
  const joined = sharp(stills, { join: { animated: true } });
  return format === 'gif' ? joined.gif({ delay, loop: 3 }).toBuffer() : joined.webp({ delay, loop: 3 }).toBuffer();
};

/** A GIF of one pixel with so many frames, each as small as can be. */
export function gifBomb(frames: number, width = 1, height = 1): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  const frame = Buffer.from('\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0', 'latin1');
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from(';')]);
}

/** A JPEG whose frame header says another size. */
export function lyingJpeg(jpeg: Buffer, width: number, height: number): Buffer {
  const lie = Buffer.from(jpeg);
  for (let at = 2; at < lie.length; at += 2 + lie.readUInt16BE(at + 2)) {
    if (lie[at + 1] !== 0xc0 && lie[at + 1] !== 0xc2) continue;
    lie.writeUInt16BE(height, at + 5);
    lie.writeUInt16BE(width, at + 7);
    return lie;
  }
  throw new Error('This JPEG has no frame header.');
}

/** A segment put right behind the beginning of a JPEG. */
export function withSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}
