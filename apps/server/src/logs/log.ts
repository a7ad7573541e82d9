import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../env/variables.ts';

/**
 * The process's log: one JSON object per line, so no name can forge a line. What people write, show and send never gets in (K5): requests are
 * told by the pattern of their path, and errors by these fields alone, because drivers hang statements with their values on theirs.
 */
export function createLog(level: LogLevel, to?: DestinationStream): Logger {
  return pino({ level, serializers: { err: told }, base: null }, ...(to ? [to] : []));
}

interface Told {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: Told;
}

/** What a log may say of an error, whatever was thrown. */
function told(error: unknown, depth = 0): Told {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown' };
  const code = 'code' in error ? String(error.code) : undefined;
  const fromDatabase = 'sqlState' in error || 'sqlMessage' in error || (code?.startsWith('SQLITE_') ?? false) || 'query' in error;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: fromDatabase ? 'the database refused a statement' : error.message,
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n'),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: told(error.cause, depth + 1) }),
  };
}
