import { openDatabase } from '@koreromai/db';
import { createLane } from '@koreromai/realtime';
import { startMail } from '../mail.ts';
import { smtpTransport } from '../transports/smtp.ts';

// Senders in a process of their own, for the proof of the gate: `worker.ts <database URL> <SMTP URL> <workers>`, until they are told to stop.
const [databaseUrl = '', smtpUrl = '', workers = '1'] = process.argv.slice(2);
const db = await openDatabase(databaseUrl);
const onFault = (error: unknown) => void process.stderr.write(`${error}\n`);
const lane = createLane({ engine: db.engine(), publish: () => {}, now: Date.now, onFault });
const started = Array.from({ length: Number(workers) }, () =>
  startMail({
    db,
    lane,
    follow: () => ({ name: 'none', caughtUp: async () => {}, close: async () => {} }),
    transport: smtpTransport(smtpUrl, { from: 'KoreroMai <chat@example.nz>', host: 'chat.example.nz' }),
    presence: { isOnline: () => false },
    publicUrl: 'https://chat.example.nz',
    now: Date.now,
    onFault,
  }),
);
process.once('message', async () => {
  await Promise.all(started.map((mail) => mail.close()));
  await lane.close();
  await db.close();
  process.disconnect();
});
process.send?.('ready');
