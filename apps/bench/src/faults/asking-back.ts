import type { Dice, Recorder } from '@koreromai/testing';
import { refusalIn } from './answer.ts';
import { openLine } from './line.ts';
import type { Person } from './person.ts';

/** Asks every server, now and then, for what was just acknowledged by one of them (I9). */
export function askBack(person: Person, urls: readonly string[], recorder: Recorder, dice: Dice) {
  const quiet = { calls: 'http', onOpen: () => {}, onBytes: () => {}, token: person.token } as const;
  const lines = urls.map((url) => ({ url, line: openLine({ url, ...quiet }) }));
  return {
    async ask(messageId: string): Promise<void> {
      if (!dice.chance(0.2)) return;
      const looks = lines.map(async ({ url, line }) => {
        const told = recorder.asking({ process: person.email, user: person.id, node: url, messageId });
        try {
          await line.api.messages.get.query({ messageId });
          told(true);
        } catch (error) {
          if (refusalIn(error) === 'NOT_FOUND') told(false); // no answer says nothing
        }
      });
      await Promise.all(looks);
    },
    close: () => Promise.all(lines.map(({ line }) => line.close())),
  };
}
