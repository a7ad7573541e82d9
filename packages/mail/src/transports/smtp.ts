import { promisify } from 'node:util';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { mimeOf, type Sender } from './mime.ts';
import type { Transport } from './transport.ts';

/**
 * Hands each letter to the server named by `smtp://USER:PASSWORD@HOST:PORT` (TLS when the server offers it) or `smtps://…` (TLS from the
 * first byte), over a connection of its own, which is cut when time is up: then nothing of the letter is under way any more.
 */
export function smtpTransport(url: string, sender: Sender): Transport {
  const server = new URL(url);
  const secure = server.protocol === 'smtps:';
  const user = decodeURIComponent(server.username);
  const envelopeFrom = /<([^<>]+)>\s*$/.exec(sender.from)?.[1] ?? sender.from;

  return {
    async send(letter, within) {
      const bytes = await mimeOf(letter, sender);
      within.throwIfAborted();
      const connection = new SmtpConnection({
        host: server.hostname,
        port: Number(server.port || (secure ? 465 : 587)),
        secure,
        name: sender.host,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 20_000,
      });
      const broken = new Promise<never>((_, reject) => {
        connection.once('error', reject);
        connection.once('end', () => reject(new Error('The mail server hung up.')));
        within.addEventListener('abort', () => reject(new Error('The mail server took too long.')), { once: true });
      });
      try {
        await Promise.race([broken, converse(connection)]);
        connection.quit();
      } catch (error) {
        connection.close();
        throw error;
      }

      async function converse(line: SmtpConnection): Promise<void> {
        await new Promise<void>((resolve, reject) => line.connect((error) => (error ? reject(error) : resolve())));
        if (user !== '') await promisify(line.login.bind(line))({ user, pass: decodeURIComponent(server.password) });
        await new Promise<void>((resolve, reject) =>
          line.send({ from: envelopeFrom, to: [letter.to] }, bytes, (error) => (error ? reject(error) : resolve())),
        );
      }
    },
  };
}
