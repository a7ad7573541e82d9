import { limits, rates } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { verdict } from '../test/refused.ts';
import { createWorld, type World } from '../test/world.ts';
import { createWeb, html } from './test/web.ts';

eachDatabase('previews of links', (dialect: Dialect) => {
  const pages = () =>
    createWeb((request, response) => {
      if (request.url === '/gone') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(html(`<title>${request.headers.host}</title>`));
    });
  const settled = async ({ services }: World) => {
    await services.caughtUp();
    await services.jobs.idle();
    await services.previews.idle();
  };

  test('what a message links to is fetched behind it and shown to those who see the message', async () => {
    await using web = await pages();
    await using world = await createWorld(dialect, { previews: web.fetcher });
    const [mia, tama, rangi] = await world.people('mia', 'tama', 'rangi');
    const { id } = await world.direct(mia, tama);
    const { message } = await mia.api.messages.post({
      conversationId: id,
      text: 'http://one.nz/ http://two.nz/gone http://three.nz/ http://four.nz/',
    });
    const list = async () => (await tama.api.previews.list({ messageId: message.id })).items.map((item) => [item.url, item.title]);
    await settled(world);
    expect(await list()).toEqual([
      ['http://one.nz/', 'one.nz'],
      ['http://three.nz/', 'three.nz'],
    ]);
    expect(web.asked.sort()).toEqual(['one.nz/', 'three.nz/', 'two.nz/gone']);
    expect(await verdict(rangi.api.previews.list({ messageId: message.id }))).toBe('NOT_FOUND');

    await mia.api.messages.edit({ messageId: message.id, text: 'Now http://five.nz/' });
    await settled(world);
    expect(await list()).toEqual([['http://five.nz/', 'five.nz']]);
    await mia.api.messages.delete({ messageId: message.id });
    expect(await list()).toEqual([]);
    expect(world.faults).toEqual([]);
  });

  test('a page is asked again only when what it said is old', async () => {
    await using web = await pages();
    await using world = await createWorld(dialect, { previews: web.fetcher });
    const [mia, tama] = await world.people('mia', 'tama');
    const { id } = await world.direct(mia, tama);
    const post = async (later: number) => {
      world.clock.now += later;
      await mia.api.messages.post({ conversationId: id, text: 'http://one.nz/ http://two.nz/gone' });
      await settled(world);
      return web.asked.splice(0).sort();
    };
    expect(await post(0)).toEqual(['one.nz/', 'two.nz/gone']);
    expect(await post(1_000)).toEqual([]);
    expect(await post(limits.previews.quietFor)).toEqual(['two.nz/gone']);
    expect(await post(limits.previews.freshFor)).toEqual(['one.nz/', 'two.nz/gone']);
  });

  test('S4: the links of one person are fetched so often a minute and no more', async () => {
    await using web = await pages();
    await using world = await createWorld(dialect, { previews: web.fetcher, rateLimits: 'on' });
    const [mia, tama] = await world.people('mia', 'tama');
    const { id } = await world.direct(mia, tama);
    for (let i = 0; i < 9; i++)
      await mia.api.messages.post({ conversationId: id, text: `http://a${i}.nz/ http://b${i}.nz/ http://c${i}.nz/` });
    await settled(world);
    expect(web.asked).toHaveLength(rates.preview.points);
    await tama.api.messages.post({ conversationId: id, text: 'http://tama.nz/' });
    await settled(world);
    expect(web.asked).toHaveLength(rates.preview.points + 1);
  });

  test('switched off, nobody is asked and nothing is shown', async () => {
    await using world = await createWorld(dialect);
    const [mia, tama] = await world.people('mia', 'tama');
    const { id } = await world.direct(mia, tama);
    const { message } = await mia.api.messages.post({ conversationId: id, text: 'https://example.nz/' });
    await settled(world);
    expect((await tama.api.previews.list({ messageId: message.id })).items).toEqual([]);
    expect(await world.services.read.selectFrom('link_preview').selectAll().execute()).toEqual([]);
    expect(await world.services.read.selectFrom('job').selectAll().execute()).toEqual([]);
  });
});
