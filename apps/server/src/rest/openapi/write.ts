import { writeFileSync } from 'node:fs';
import { openapiFile, openapiText } from './text.ts';

writeFileSync(openapiFile, openapiText());
