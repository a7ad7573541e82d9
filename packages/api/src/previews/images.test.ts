import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { limits, rates } from '@koreromai/contract';
import { bytesOf, newId } from '@koreromai/db';
import { type Dialect, eachDatabase, pngOf } from '@koreromai/testing';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openStorage } from '../attachments/storage/storage.ts';
import type { Context } from '../context.ts';
import { verdict } from '../test/refused.ts';
import { createWorld, type Person, type World } from '../test/world.ts';
import { openPreviewImage } from './open.ts';
import { createWeb, html } from './test/web.ts';

const page = html('<title>Kea</title><meta property="og:image" content="/kea.jpg">');

/** A world with files and an Internet whose pages have pictures. */
async function grounds(dialect: Dialect, pictures: RequestListener, options: { rateLimits?: 'on' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'koreromai-previews-'));
  const storage = await openStorage(`file:${folder}`);
  const web = await createWeb((request, response) => {
    if (/\.(jpg|png)$/.test(request.url ?? '')) pictures(request, response);
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  const world = await createWorld(dialect, { storage, previews: web.fetcher, ...options });
  const people = await world.people('mia', 'tama', 'rangi');
  const { id } = await world.direct(people[0], people[1]);
  return {
    world,
    web,
    people,
    id,
    async post(text: string, who: Person = people[0]) {
      const { message } = await who.api.messages.post({ conversationId: id, text });
      await settled(world);
      return message.id;
    },
    /** What tama is shown. */
    images: async (messageId: string) => (await people[1].api.previews.list({ messageId })).items.map((item) => item.image),
    keys: async () => (await Array.fromAsync(storage.keys())).toSorted(),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await web[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function settled({ services }: World) {
  await services.caughtUp();
  await services.jobs.idle();
  await services.previews.idle();
}

const open = ({ services }: World, { caller }: Person, messageId: string, imageId: string) =>
  openPreviewImage(
    { services, caller, transport: 'http', address: '', userAgent: '', requestId: '', keepToken: () => {} } as Context,
    messageId,
    imageId,
  );
const idIn = (url: string | undefined) => url?.split('/').at(-1) ?? '';

eachDatabase('pictures of linked pages', (dialect: Dialect) => {
  test('S5, U7: the picture of a page is drawn anew, small, and asked for from us alone by whoever sees the message now', async () => {
    const place = { IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '41/1 17/1 0/1' }, IFD0: { Copyright: 'secret words' } };
    const jpeg = await sharp({ create: { width: 1_200, height: 630, channels: 3, background: '#0b5f4b' } })
      .withExif(place)
      .jpeg()
      .toBuffer();
    await using scene = await grounds(dialect, (_, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpeg));
    const { world, people, web, post } = scene;
    const [mia, tama, rangi] = people;
    const messageId = await post('http://one.nz/');
    const [image] = await scene.images(messageId);
    const imageId = idIn(image?.url);
    expect(image).toEqual({ url: `/api/v1/messages/${messageId}/previews/${imageId}`, width: 600, height: 315 });
    expect(web.asked).toEqual(['one.nz/', 'one.nz/kea.jpg']);

    const file = await open(world, tama, messageId, imageId);
    const stream = await world.services.storage.get(file.key);
    const bytes = stream ? await buffer(stream) : Buffer.alloc(0);
    const { format, exif, width } = await sharp(bytes).metadata();
    expect([file.type, file.size, format, exif, width]).toEqual(['image/webp', bytes.length, 'webp', undefined, 600]);
    expect(bytes.includes('secret words') || bytes.includes(jpeg.subarray(-500))).toBe(false);

    const other = await post('http://two.nz/');
    expect(await verdict(open(world, rangi, messageId, imageId))).toBe('NOT_FOUND');
    expect(await verdict(open(world, tama, other, imageId))).toBe('NOT_FOUND'); // another message’s
    expect(await verdict(open(world, tama, messageId, newId()))).toBe('NOT_FOUND');
    const same = await post('http://one.nz/', tama);
    expect(idIn((await scene.images(same))[0]?.url)).toBe(imageId); // asked once, kept once
    await tama.api.messages.delete({ messageId: same, for: 'me' });
    expect(await verdict(open(world, tama, same, imageId))).toBe('NOT_FOUND');
    await mia.api.messages.edit({ messageId, text: 'no link any more' });
    expect(await verdict(open(world, tama, messageId, imageId))).toBe('NOT_FOUND');
    await mia.api.messages.delete({ messageId: other });
    expect(await verdict(open(world, tama, other, imageId))).not.toBe('done');
    expect(world.faults).toEqual([]);
  });

  test('U5, U11: what is no sound picture of a kind that is taken, or one of too many pixels, is not shown, and the title is', async () => {
    const sound = pngOf(4, 4, 4);
    const bomb = Buffer.from(pngOf(4, 4, 4));
    bomb.writeUInt32BE(50_000, 16).toString();
    bomb.writeUInt32BE(50_000, 20);
    const bad: Record<string, Buffer> = {
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://169.254.169.254/"/></svg>'),
      html: Buffer.from(page),
      bomb,
      short: sound.subarray(0, sound.length - 20),
      noise: randomBytes(5_000),
      empty: Buffer.alloc(0),
    };
    await using scene = await grounds(dialect, (request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(bad[request.headers.host?.split('.')[0] ?? ''] ?? sound),
    );
    for (const name of Object.keys(bad)) {
      const messageId = await scene.post(`http://${name}.nz/`);
      expect([name, await scene.images(messageId)]).toEqual([name, [null]]);
    }
    expect(await scene.images(await scene.post('http://sound.nz/'))).toMatchObject([{ width: expect.any(Number) }]);
    expect(await scene.keys()).toHaveLength(1);
    expect(scene.world.faults).toEqual([]);
  });

  test('S5: what is kept is bounded: a picture that is fetched anew replaces the one before, beyond a thousand the oldest go, and a day’s sweep leaves them', async () => {
    let shade = 0;
    await using scene = await grounds(dialect, (_, response) => {
      sharp({ create: { width: 30, height: 30, channels: 3, background: { r: shade++ * 40, g: 0, b: 0 } } })
        .png()
        .toBuffer()
        .then((bytes) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
    });
    const { world, post } = scene;
    const messageId = await post('http://one.nz/');
    const first = await scene.keys();
    world.clock.now += limits.media.unsentFor + 3_600_001;
    await world.services.sweep.now();
    expect(await scene.keys()).toEqual(first); // no row of a file tells of it, and it is known all the same
    world.clock.now += limits.previews.freshFor;
    await post('http://one.nz/');
    const second = await scene.keys();
    expect(second).toHaveLength(1);
    expect(second).not.toEqual(first);
    expect(idIn((await scene.images(messageId))[0]?.url)).toBe(second[0]);

    const old = Array.from({ length: limits.previews.image.kept }, (_, i) => newId(world.clock.now - 60_000 + i));
    const rows = old.map((id) => ({ id: bytesOf(id), width: 1, height: 1, size: 1 }));
    await world.services.read.deleteFrom('preview_image').execute();
    await world.services.read.insertInto('preview_image').values(rows).execute();
    await world.services.storage.put(old[0] ?? '', Buffer.from('oldest'));
    await post('http://two.nz/');
    const left = await world.services.read.selectFrom('preview_image').select('id').execute();
    expect(left).toHaveLength(limits.previews.image.kept);
    expect(left.some((row) => row.id.equals(bytesOf(old[0] ?? '')))).toBe(false);
    expect(await scene.keys()).not.toContain(old[0]);
    expect(await scene.images(messageId)).toEqual([null]); // its picture has gone, its words are there
    expect(world.faults).toEqual([]);
  });

  test('S4: a picture counts like a page against what one person’s links may ask for in a minute', async () => {
    await using scene = await grounds(
      dialect,
      (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(pngOf(4, 4, 4)),
      {
        rateLimits: 'on',
      },
    );
    for (let i = 0; i < 5; i++) await scene.post(`http://a${i}.nz/ http://b${i}.nz/ http://c${i}.nz/`);
    expect(scene.web.asked.length).toBe(rates.preview.points);
    expect(scene.web.asked.filter((path) => path.endsWith('.jpg')).length).toBeGreaterThan(2);
  });
});
