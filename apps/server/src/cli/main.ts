import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { backup } from '../backup/backup.ts';
import { summaryOf } from '../backup/manifest.ts';
import { restore } from '../backup/restore.ts';
import { readSettings, type Settings } from '../env/env.ts';
import { move } from '../move/move.ts';
import { type TailOptions, tail } from '../tail/tail.ts';
import { type Asked, asked, type Take } from './commands.ts';
import { performHere } from './here.ts';
import { type Out, openOut } from './out.ts';
import { sentenceOf } from './sentence.ts';
import { askServer } from './socket.ts';

/** Exit codes: 0 it is done, 1 it was refused or failed, 2 the command was not understood. */
async function doIt(what: Asked, file?: string): Promise<void> {
  if (process.platform === 'win32') return refuse('The command line is not supported on Windows: use the admin pages, or run it in WSL.');
  let out: Out | null = null;
  try {
    const settings = readSettings(undefined, []);
    out = file === undefined ? null : await openOut(file);
    const take: Take = out?.take ?? (() => Promise.reject(new Error('No file was asked for.')));
    const answer = await askServer(settings.dataDir, asked.parse(what), take);
    if (answer && 'sentence' in answer) refuse(answer.sentence);
    else {
      const text = answer ? answer.text : await performHere(settings, what, take);
      await out?.keep();
      out = null;
      process.stdout.write(`${text}\n`);
    }
  } catch (error) {
    refuse(sentenceOf(error) ?? (error instanceof Error ? error.message : String(error)));
  } finally {
    await out?.drop();
  }
}

/** Does what needs no server, in this process, with what the settings say. */
async function doHere(what: (settings: Settings) => Promise<string | undefined>): Promise<void> {
  try {
    const text = await what(readSettings(undefined, []));
    if (text !== undefined) process.stdout.write(`${text}\n`);
  } catch (error) {
    refuse(sentenceOf(error) ?? (error instanceof Error ? error.message : String(error)));
  }
}

/** Resolves when whoever reads us has taken it. */
const told = (lines: string) =>
  new Promise<void>((resolve, reject) => process.stdout.write(lines, (error) => (error ? reject(error) : resolve())));

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

const program = new Command('koreromai').description('Looks after a KoreroMai instance, whether its server runs or not.').exitOverride();
const admin = program.command('admin').description('those who run the instance');
admin
  .command('create')
  .description('make an account that runs the instance, and print its one-time password')
  .requiredOption('--email <address>', 'its e-mail address')
  .option('--name <name>', 'what others see', 'Admin')
  .action((given: { email: string; name: string }) => doIt({ command: 'admin create', ...given }));
const user = program.command('user').description('people with accounts');
user
  .command('list')
  .description('everybody who has an account, newest first')
  .action(() => doIt({ command: 'user list' }));
user
  .command('suspend <person>')
  .description('shut somebody out at once: an e-mail address, @username or id')
  .action((person: string) => doIt({ command: 'user suspend', person }));
program
  .command('export')
  .description('write everything that somebody can see into a zip, as they could themselves')
  .requiredOption('--user <person>', 'an e-mail address, @username or id')
  .requiredOption('--out <file>', 'the zip, a new file')
  .action(({ user: person, out }: { user: string; out: string }) => doIt({ command: 'export', person }, out));
program
  .command('seed')
  .description('fill an empty instance with people who have talked for a while')
  .option('--users <number>', 'how many people', Number, 50)
  .option('--days <number>', 'for how many days they talked', Number, 90)
  .action(({ users, days }: { users: number; days: number }) => doIt({ command: 'seed', users, days }));
program
  .command('backup')
  .description('write everything there is now into a new folder, whether the server runs or not')
  .requiredOption('--out <folder>', 'the backup, a new folder')
  .action(({ out }: { out: string }) => doHere(async (settings) => `${summaryOf(await backup(settings, out))}\nIt is in ${resolve(out)}`));
program
  .command('restore')
  .description('put a backup into an empty database and an empty storage, while no server runs on them')
  .requiredOption('--from <folder>', 'the backup')
  .action(({ from }: { from: string }) => doHere(async (settings) => `${summaryOf(await restore(settings, from))}\nIt is restored.`));
program
  .command('move')
  .description('take everything from the SQLite file to MySQL, while people go on talking')
  .requiredOption('--to <url>', 'mysql://USER:PASSWORD@HOST:PORT/NAME, an empty database or none yet')
  .action(({ to }: { to: string }) => doHere((settings) => move(settings, to, (line) => void process.stdout.write(`${line}\n`))));
program
  .command('tail')
  .description('follow everything that happens, as lines of JSON: ids, and never a text unless it is asked for')
  .requiredOption('--json', 'one object per line')
  .option('--after <place>', 'only what came after a line with that place')
  .option('--state <file>', 'keep the place there, and go on from it next time')
  .option('--texts', 'also what the messages say')
  .option('--once', 'end when everything was told')
  .action((given: TailOptions) => doHere((settings) => tail(settings.databaseUrl, given, told).then(() => undefined)));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
