import { join } from 'node:path';
import { described } from '../by-hand.ts';
import { createOpenapi } from './document.ts';

/** The document as it is checked in. */
export const openapiText = (): string => `${JSON.stringify(createOpenapi(described), null, 2)}\n`;

export const openapiFile = join(import.meta.dirname, '../../../../../docs/openapi.json');
