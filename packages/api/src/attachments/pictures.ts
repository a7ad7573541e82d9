import { limits, Refusal } from '@koreromai/contract';
import sharp, { type ResizeOptions, type Sharp, type SharpOptions } from 'sharp';
import { broken } from './broken.ts';
import { framesOf } from './frames.ts';
import type { PictureType } from './sniff.ts';

export interface Pixels {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface Pictures {
  /**
   * The picture drawn anew, so that nothing is left of what else was in its file: places, dates, devices, profiles, texts, small
   * pictures of itself, code. It stands upright, its colours are sRGB, animations keep their frames. With a small one beside it.
   * Throws UNSUPPORTED_MEDIA or PICTURE_TOO_LARGE.
   */
  redrawn(bytes: Buffer, type: PictureType): Promise<Pixels & { readonly thumbnail: Pixels }>;
  /** A square cut from the middle, as WebP. */
  square(bytes: Buffer, type: PictureType): Promise<Pixels>;
  /** One still picture that fits into `limits.previews.image`, as WebP. */
  card(bytes: Buffer, type: PictureType): Promise<Pixels>;
}

const loaders = ['JpegBuffer', 'PngBuffer', 'WebpBuffer', 'HeifBuffer', 'NsgifBuffer'].map((name) => `VipsForeignLoad${name}`);

/** Sets the library up for this process: one thread a picture, no cache, and no loader but the five (no SVG, no PDF, no path, no URL). */
export function createPictures(): Pictures {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders });
  const { maxPixels, maxFrames, thumbnail, avatar, secondsToDraw } = limits.media;

  /** Only a header is read here. The pixels of all frames count together. */
  async function opened(bytes: Buffer, type: PictureType, more: SharpOptions): Promise<Sharp> {
    const frames = framesOf(bytes, type, maxFrames);
    if (frames > maxFrames) throw tooLarge();
    const options: SharpOptions = {
      limitInputPixels: maxPixels,
      autoOrient: frames === 1,
      animated: frames > 1,
      ...more,
    };
    const { format, compression } = await sharp(bytes, options).metadata();
    if (format !== formats[type] || (format === 'heif' && compression !== 'av1')) throw broken();
    return sharp(bytes, options).timeout({ seconds: secondsToDraw });
  }

  /** One frame, fitted into a size, as WebP. */
  const still = (bytes: Buffer, type: PictureType, size: ResizeOptions, quality: number) =>
    judged(() =>
      tolerant(async (failOn) => {
        const picture = await opened(bytes, type, { animated: false, autoOrient: true, failOn });
        return drawn(picture.resize(size).webp({ quality }));
      }),
    );

  return {
    redrawn: (bytes, type) =>
      judged(async () => {
        const whole = await tolerant((failOn) => opened(bytes, type, { failOn }).then((picture) => drawn(encoders[type](picture))));
        const small = sharp(whole.bytes, { limitInputPixels: maxPixels })
          .resize({ width: thumbnail, height: thumbnail, fit: 'inside', withoutEnlargement: true })
          .timeout({ seconds: secondsToDraw })
          .webp({ quality: 78, effort: 2 });
        return { ...whole, thumbnail: await drawn(small) };
      }),
    square: (bytes, type) => still(bytes, type, { width: avatar, height: avatar, fit: 'cover' }, 82),
    card: (bytes, type) => {
      const { width, height } = limits.previews.image;
      return still(bytes, type, { width, height, fit: 'inside', withoutEnlargement: true }, 78);
    },
  };
}

const formats: Record<PictureType, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
};

const encoders: Record<PictureType, (picture: Sharp) => Sharp> = {
  'image/png': (p) => p.png({ compressionLevel: 6 }),
  'image/jpeg': (p) => p.jpeg({ quality: 88 }),
  'image/webp': (p) => p.webp({ quality: 88, effort: 2 }),
  'image/gif': (p) => p.gif({ effort: 3 }),
  'image/avif': (p) => p.avif({ quality: 65, effort: 2 }),
};

async function drawn(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.pageHeight ?? info.height };
}

/**
 * Whatever the decoder warns of is refused, because a file that ends too early is only a warning to it; but some cameras leave
 * bytes between the parts of a sound JPEG.
 */
async function tolerant<Result>(work: (failOn: 'warning' | 'error') => Promise<Result>): Promise<Result> {
  try {
    return await work('warning');
  } catch (error) {
    if (error instanceof Error && /extraneous bytes/.test(error.message)) return work('error');
    throw error;
  }
}

const tooLarge = () => new Refusal('PICTURE_TOO_LARGE', { fields: { file: 'has too many pixels or frames' } });

/** The library's own words tell of its insides. */
async function judged<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw error instanceof Error && /pixel limit|timeout/i.test(error.message) ? tooLarge() : broken();
  }
}
