import { type APIResponse, type BrowserContext, expect, type Page, test } from '@playwright/test';

const script = 'top.pwned=(top.pwned||0)+1;document.title="pwned";fetch("/healthz?pwned")';
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload='${script}'><script>${script}</script><rect width="9" height="9"/></svg>`;
const html = `<!doctype html><script>${script}</script><img src=x onerror='${script}'>`;
const xslt = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${script}</script></html>`;
const pdf = `%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj`;

/** A GIF of one pixel whose head is also a line of JavaScript. */
const gifAndScript = Buffer.concat([
  Buffer.from('GIF89a', 'latin1'),
  Buffer.from([0x2f, 0x2a, 0x01, 0x00, 0x80, 0x00, 0x00, 0, 0, 0, 255, 255, 255]), // 10,799 × 1 pixels: `/*`
  Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
  Buffer.from(`*/=1;${script}`),
]);
/** A GIF that is in order, with a page behind its end. */
const gifAndPage = Buffer.concat([
  Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1'),
  Buffer.from('!\xfe', 'latin1'),
  Buffer.from([html.length]),
  Buffer.from(html),
  Buffer.from([0]),
  Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
  Buffer.from(html),
]);

const upload = (context: BrowserContext, name: string, mimeType: string, buffer: Buffer): Promise<APIResponse> =>
  context.request.post('/api/v1/attachments', { multipart: { file: { name, mimeType, buffer } } });

/** Brings a file to a page of our own origin in every way by which a browser might run it. */
async function embed(page: Page, url: string): Promise<void> {
  await page.evaluate(async (src) => {
    const ways: readonly [tag: string, attribute: string][] = [
      ['script', 'src'],
      ['iframe', 'src'],
      ['object', 'data'],
      ['embed', 'src'],
      ['img', 'src'],
      ['video', 'src'],
      ['link', 'href'],
    ];
    const settled = ways.map(([tag, attribute]) => {
      const element = document.createElement(tag);
      if (tag === 'link') element.setAttribute('rel', 'stylesheet');
      element.setAttribute(attribute, src);
      const over = new Promise((resolve) => ['load', 'error', 'loadedmetadata'].map((type) => element.addEventListener(type, resolve)));
      document.body.append(element);
      return Promise.race([over, new Promise((resolve) => setTimeout(resolve, 1_000))]);
    });
    await Promise.all(settled);
    await navigator.serviceWorker?.register(src).catch(() => {});
    await import(src).catch(() => {});
  }, url);
}

test('U2: what somebody uploads runs no script in a browser, whatever it is and however it is opened', async ({ browser, baseURL }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const email = `files.${process.pid}.${Date.now()}@example.nz`;
  const made = await context.request.post('/trpc/auth.signUp', { data: { email, password: 'correct horse files', name: 'Files' } });
  expect(made.status()).toBe(200);

  const texts: readonly [name: string, type: string, text: string][] = [
    ['kiwi.svg', 'image/svg+xml', svg],
    ['kiwi.png', 'image/png', svg],
    ['kiwi.html', 'text/html', html],
    ['kiwi.gif', 'image/gif', html],
    ['kiwi.xhtml', 'application/xhtml+xml', xslt],
    ['kiwi.xml', 'text/xml', xslt],
    ['kiwi.pdf', 'application/pdf', pdf],
    ['kiwi.js', 'text/javascript', script],
  ];
  for (const [name, type, text] of texts) expect((await upload(context, name, type, Buffer.from(text))).status(), name).toBe(415);

  const pictures: readonly [name: string, buffer: Buffer][] = [
    ['kiwi.gif', gifAndScript],
    ['page.gif', gifAndPage],
    ['page.html', gifAndPage],
  ];
  const urls: string[] = [];
  for (const [name, buffer] of pictures) {
    const answer = await upload(context, name, 'text/html', buffer);
    expect([201, 415]).toContain(answer.status());
    if (answer.status() === 201) urls.push(((await answer.json()) as { url: string }).url);
  }
  expect(urls.length, 'a picture with a page in it is a picture').toBeGreaterThan(0);

  for (const url of urls) {
    const { status, type, body } = await page.goto('/api/docs').then(() =>
      page.evaluate(async (src) => {
        const response = await fetch(src);
        return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
      }, url),
    );
    expect(status).toBe(200);
    expect(type).toBe('image/gif');
    expect(body, 'nothing of the page is left in the picture').not.toContain('pwned');
    await embed(page, url);
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned), 'embedded').toBeUndefined();
    expect(await page.title()).not.toBe('pwned');
    await page.goto(url).catch(() => null); // a download has no page
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned), 'opened').toBeUndefined();
    expect(await page.title()).not.toBe('pwned');
  }
  expect(asked.filter((one) => one.includes('?pwned'))).toEqual([]);
  expect(asked.some((one) => one.startsWith(`${baseURL}/api/v1/attachments/`))).toBe(true);
  await context.close();
});
