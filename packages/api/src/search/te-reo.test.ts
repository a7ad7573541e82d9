import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { asked, said } from './test/te-reo.ts';

eachDatabase('R037, §9: te reo Māori is found as people type it', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi']);

  test(`${asked.length} questions to ${said.length} messages have the same answers on every database`, async () => {
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    for (const text of said) {
      cast.world.clock.now += 1_000;
      await cast.tama.api.messages.post({ conversationId: id, text });
    }
    await cast.world.services.caughtUp();
    const lines = new Map(said.map((text, i) => [text, i + 1]));
    const answers = await Promise.all(
      asked.map(async ([q]) => [q, (await cast.mia.api.search.messages({ q, in: id })).items.map((m) => lines.get(m.text ?? ''))] as const),
    );
    const found = answers.map(([q, at]) => [q, at.toReversed().join(' ')]); // newest first
    expect(found).toEqual(asked);
    process.stdout.write(`te reo [${dialect}]: ${asked.length} questions, ${answers.flatMap(([, at]) => at).length} messages found\n`);
    expect(answers.flatMap(([, at]) => at).length).toBeGreaterThan(asked.length);
  });
});
