import { M0001 } from './m0001.ts';
import { M0002 } from './m0002.ts';
import { M0003 } from './m0003.ts';
import { M0005 } from './m0005.ts';
import { M0010 } from './m0010.ts';
import { M0015 } from './m0015.ts';
import { M0020 } from './m0020.ts';
import { M0021 } from './m0021.ts';
import { M0022 } from './m0022.ts';
import { M0023 } from './m0023.ts';
import { M0024 } from './m0024.ts';
import { M0025 } from './m0025.ts';
import { M0029 } from './m0029.ts';
import { M0030 } from './m0030.ts';
import { M0031 } from './m0031.ts';
import { M0032 } from './m0032.ts';
import { M0033 } from './m0033.ts';
import { M0034 } from './m0034.ts';

/** In order of running. A landed migration is never edited: add the next one. */
export const migrations = [
  { name: 'm0001', class: M0001 },
  { name: 'm0002', class: M0002 },
  { name: 'm0003', class: M0003 },
  { name: 'm0005', class: M0005 },
  { name: 'm0010', class: M0010 },
  { name: 'm0015', class: M0015 },
  { name: 'm0020', class: M0020 },
  { name: 'm0021', class: M0021 },
  { name: 'm0022', class: M0022 },
  { name: 'm0023', class: M0023 },
  { name: 'm0024', class: M0024 },
  { name: 'm0025', class: M0025 },
  { name: 'm0029', class: M0029 },
  { name: 'm0030', class: M0030 },
  { name: 'm0031', class: M0031 },
  { name: 'm0032', class: M0032 },
  { name: 'm0033', class: M0033 },
  { name: 'm0034', class: M0034 },
] as const;
