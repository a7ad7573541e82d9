import { Refusal } from '@koreromai/contract';

/** The bytes are not, or not wholly, what they begin like. */
export const broken = (): Refusal =>
  new Refusal('UNSUPPORTED_MEDIA', { fields: { file: 'is damaged, or is not the picture or video it begins like' } });
