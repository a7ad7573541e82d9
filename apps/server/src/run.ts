import cluster from 'node:cluster';
import { StorageUnusable } from '@koreromai/api';
import { faultOf } from '@koreromai/db';
import { prepareDataDir } from './env/data-dir.ts';
import { failPoint, readSettings, type Settings } from './env/env.ts';
import { SettingsError } from './env/error.ts';
import { redactUrl } from './env/redact.ts';
import { createLog } from './logs/log.ts';
import { type HandOver, handOver, type Seat } from './move/hand-over.ts';
import { builtWeb, type Running, serve } from './server.ts';

/** Starts the server and stays until it is told to stop. What keeps it from starting is one sentence and exit code 1. */
export async function run(): Promise<void> {
  let settings: Settings | null = null;
  try {
    settings = readSettings();
    prepareDataDir(settings.dataDir);
    const log = createLog(settings.logLevel);
    const onFault = (error: unknown, requestId?: string) => log.error({ err: error, requestId }, 'Something the rules do not expect');
    const probe = failPoint();
    const open = (chosen: Settings) =>
      serve(chosen, { onFault, log, webRoot: chosen.web ? builtWeb : null, handOver: handed, ...(probe ? { probe } : {}) });
    let moving: Promise<unknown> = Promise.resolve();
    const handed: HandOver = (wish) => {
      const moved = moving.then(() => handOver(seat, wish));
      moving = moved.catch(() => {}); // told to whoever asked
      return moved;
    };
    const seat: Seat = { settings, running: await open(settings), open, end: (error) => end(error, seat.settings) };
    if (cluster.isWorker) process.send?.('serving');
    else greet(settings, seat.running);

    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await moving;
      await seat.running.close();
      process.exit(0);
    };
    process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop);
    process.on('uncaughtException', (error) => {
      log.fatal({ err: error }, 'Stopped by an error nobody caught');
      process.exit(1); // crash-only: the next start needs no hand
    });
  } catch (error) {
    end(error, settings);
  }
}

function end(error: unknown, settings: Settings | null): never {
  process.stderr.write(`${sentenceFor(error, settings)}\n`);
  process.exit(1);
}

function greet({ publicUrl, databaseUrl, demo }: Settings, { port, sown }: Running): void {
  const shown = publicUrl.replace(/:0$/, `:${port}`);
  process.stdout.write(`\n  Kōrero mai! KoreroMai is at ${shown}\n  Data: ${redactUrl(databaseUrl)}   Stop: Ctrl+C\n\n`);
  if (demo) process.stdout.write(demoNotice(shown, sown));
}

function demoNotice(url: string, sown: Running['sown']): string {
  const lines = [
    'DEMO: every program on this machine may act here as anybody, without a password.',
    `  curl -H 'X-Demo-User: ${sown?.first ?? '<username or id>'}' ${url}/api/v1/users/me`,
    ...(sown
      ? [
          `  ${sown.users} people have talked here. In the browser: ${sown.first}@koreromai.example, ${sown.password} (everybody’s password)`,
        ]
      : []),
    'Keep nothing here that is anybody’s secret.',
  ];
  return `${lines.map((line) => `  !! ${line}`).join('\n')}\n\n`;
}

function sentenceFor(error: unknown, settings: Settings | null): string {
  if (error instanceof SettingsError || error instanceof StorageUnusable) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE')
    return `Port ${settings?.port} is taken by another program: stop it, or choose another with PORT=1338 npm start.`;
  if (code === 'EACCES') return `This user may not listen on port ${settings?.port}: choose one above 1023, e.g. PORT=1337 npm start.`;
  if (code === 'EADDRNOTAVAIL')
    return `HOST=${settings?.host} is no address of this machine: leave it out, or write HOST=0.0.0.0 to listen on all.`;
  const database = redactUrl(settings?.databaseUrl ?? 'the database');
  if (faultOf(error) === 'lost') return `${database} does not answer (${code}): start the database, or mend DATABASE_URL.`;
  if (code.startsWith('ER_')) return `${database} refused us (${code}): check the user, the password and the rights in DATABASE_URL.`;
  return error instanceof Error ? `${error.message} (${database})` : String(error);
}
