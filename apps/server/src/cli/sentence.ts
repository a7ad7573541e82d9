import { SeedRefused, StorageUnusable } from '@koreromai/api';
import { Refusal } from '@koreromai/contract';
import { DatabaseInUse, DatabaseUnusable, faultOf, NothingThere, PlaceUnfit } from '@koreromai/db';
import { z } from 'zod';
import { BackupUnusable } from '../backup/manifest.ts';
import { SettingsError } from '../env/error.ts';
import { TailRefused } from '../tail/tail.ts';
import { OutUnusable } from './out.ts';

/** Errors whose messages are sentences. */
const told = [
  SeedRefused,
  SettingsError,
  StorageUnusable,
  DatabaseInUse,
  DatabaseUnusable,
  NothingThere,
  PlaceUnfit,
  BackupUnusable,
  TailRefused,
  OutUnusable,
];

/** What went wrong, in one line without insides; null for what nobody expected. */
export function sentenceOf(error: unknown): string | null {
  if (error instanceof Refusal) {
    const fields = Object.entries(error.info.fields ?? {}).map(([field, what]) => `${field} ${what}.`);
    return [error.message, ...fields].join(' ');
  }
  if (error instanceof z.ZodError) return error.issues.map((i) => `${i.path.join('.')} ${i.message}.`).join(' ');
  if (told.some((kind) => error instanceof kind)) return (error as Error).message.replaceAll('\n', ' ');
  return faultOf(error) === 'lost' ? 'The database does not answer: start it, or mend DATABASE_URL.' : null;
}
