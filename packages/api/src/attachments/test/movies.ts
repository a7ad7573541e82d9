/** One box of an MP4. */
export function box(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Numbers of four bytes. */
export const words = (...numbers: readonly number[]): Buffer => {
  const out = Buffer.alloc(numbers.length * 4);
  for (const [i, n] of numbers.entries()) out.writeUInt32BE(n >>> 0, i * 4);
  return out;
};

const one = 0x10000;
const upright = [one, 0, 0, 0, one, 0, 0, 0, 0x40000000];
const turned = [0, one, 0, -one, 0, 0, 0, 0, 0x40000000];
const born = 0xdd000000;

interface Track {
  readonly id: number;
  readonly kind: string;
  readonly sizes: readonly number[];
  readonly offset: number;
  readonly turned?: boolean;
}

const track = ({ id, kind, sizes, offset, turned: isTurned = false }: Track) =>
  box(
    'trak',
    box(
      'tkhd',
      words(
        7,
        born,
        born,
        id,
        0,
        100,
        0,
        0,
        0,
        0,
        ...(isTurned ? turned : upright),
        kind === 'vide' ? 640 * one : 0,
        kind === 'vide' ? 360 * one : 0,
      ),
    ),
    box('udta', box('\xa9nam', 'canary track')),
    box(
      'mdia',
      box('mdhd', words(0, born, born, 1000, 100, 0)),
      box('hdlr', words(0, 0), kind, words(0, 0, 0), 'Spyphone canary\0'),
      box(
        'minf',
        box(
          'stbl',
          box('stsd', words(0, 0)),
          box('stts', words(0, 1, sizes.length, 10)),
          box('stsc', words(0, 1, 1, sizes.length, 1)),
          box('stsz', words(0, 0, sizes.length, ...sizes)),
          box('stco', words(0, 1, offset)),
        ),
      ),
    ),
  );

/** A film of 640 × 360 as a phone writes it: where and when it was, by whom, with places in a track of their own. */
export function mp4({ isTurned = false, hidden = 'meta', video = true } = {}): Buffer {
  const ftyp = box('ftyp', 'isom', words(512), 'isomiso2mp41');
  const media = Buffer.from('PICTURESsoundPLACEcanary+41.28-174.77');
  const mdat = box('mdat', media);
  const start = ftyp.length + 8;
  const moov = box(
    'moov',
    box('mvhd', words(0, born, born, 1000, 100, one)),
    ...(video ? [track({ id: 1, kind: 'vide', sizes: [4, 4], offset: start, turned: isTurned })] : []),
    track({ id: 2, kind: 'soun', sizes: [5], offset: start + 8 }),
    track({ id: 3, kind: hidden, sizes: [5, media.length - 18], offset: start + 13 }),
    box('udta', box('\xa9xyz', '\0\x10\x15\xc7canary+41.2866+174.7756/'), box('loci', 'canary')),
    box('meta', words(0), box('keys', 'mdtacom.apple.quicktime.location.ISO6709'), box('ilst', 'canary')),
  );
  return Buffer.concat([ftyp, mdat, moov, box('uuid', 'BE7ACFCB97A942E8<x:xmpmeta>canary</x:xmpmeta>'), box('free', 'canary')]);
}

/** One element of a WebM. */
export function element(id: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const hex = id.toString(16);
  const size = Buffer.alloc(8);
  size.writeUInt8(1, 0);
  size.writeUIntBE(body.length, 2, 6);
  return Buffer.concat([Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'), size, body]);
}

/** The head of an element that ends where the next begins, as browsers record. */
export const endless = (id: number): Buffer => Buffer.concat([Buffer.from(id.toString(16), 'hex'), Buffer.from('01ffffffffffffff', 'hex')]);

const uint = (n: number) => Buffer.from([n >> 8, n & 255]);

/** A film of 320 × 180. `live`: without sizes, as a browser records it. */
export function webm({ live = false, kind = 1, second = 2 } = {}): Buffer {
  const head = element(0x1a45dfa3, element(0x4282, 'webm'), element(0x4287, uint(4)));
  const inner = [
    element(0x114d9b74, Buffer.alloc(4)),
    element(
      0x1549a966,
      element(0x2ad7b1, uint(1000)),
      element(0x7ba9, 'canary title'),
      element(0x4461, Buffer.alloc(8, 7)),
      element(0x5741, 'Spyphone'),
    ),
    element(
      0x1654ae6b,
      element(
        0xae,
        element(0xd7, uint(1)),
        element(0x83, Buffer.from([kind])),
        element(0x536e, 'canary name'),
        element(0xe0, element(0xb0, uint(320)), element(0xba, uint(180))),
      ),
      element(0xae, element(0xd7, uint(2)), element(0x83, Buffer.from([second]))),
    ),
    element(0x1254c367, element(0x7373, element(0x67c8, 'LOCATION canary +41.28-174.77'))),
    element(0x1941a469, 'canary attachment'),
    element(0x1043a770, 'x'),
  ];
  const blocks = [element(0xe7, uint(0)), element(0xa3, 'PICTURES')];
  const cluster = live ? Buffer.concat([endless(0x1f43b675), ...blocks]) : element(0x1f43b675, ...blocks);
  return live
    ? Buffer.concat([head, endless(0x18538067), ...inner, cluster, cluster])
    : Buffer.concat([head, element(0x18538067, ...inner, cluster)]);
}
