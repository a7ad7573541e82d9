import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from './test/server.ts';

const document: { paths: Record<string, object> } = JSON.parse(
  readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'),
);
/** What answers strangers well without being in the document: health, the document itself and its page. */
const beside = [/^\/(healthz|readyz|metrics)$/, /^\/api(\/v1)?\/(docs(\/.*)?|openapi\.json)$/, /^\/unsubscribe\//];

const before = ['', '/api', '/api/v1', '/trpc', '/assets', '/api/v1/admin', '/api/v1/users', '/.well-known', '//', '/%2e%2e', '/..;'];
const words =
  `admin administrator root login logout debug trace console shell status info health heap heapdump env environment config configuration
  settings secrets keys key token tokens session sessions password passwords users user me accounts account backup backups dump dumps export import
  database db sql sqlite koreromai.db data files uploads upload download static public private internal test tests dev development staging prod api
  v0 v1 v2 v3 graphql graphiql playground swagger swagger-ui swagger.json openapi openapi.json docs panel trpc rpc json xml rest soap wsdl socket
  socket.io sockjs ws metrics prometheus actuator server-status server-info phpinfo phpinfo.php index.php wp-login.php wp-admin xmlrpc.php cgi-bin
  .env .git .git/HEAD .git/config .svn .htaccess .htpasswd .DS_Store .npmrc .dockerignore package.json package-lock.json node_modules tsconfig.json
  main.ts server.ts index.ts src dist build assets source sourcemap index.js.map main.js.map robots.txt sitemap.xml favicon.ico crossdomain.xml
  security.txt readme README.md LICENSE Dockerfile docker-compose.yml etc/passwd proc/self/environ windows/win.ini log logs error errors stack
  profile cpuprofile inspect inspector json/list json/version eval exec run cmd command hooks webhook webhooks callback oauth auth auth/callback
  register signup signin reset invite invitations messages conversations events search rooms audit jobs job queue mail mails outbox`
    .split(/\s+/)
    .filter(Boolean);
const after = ['', '/', '.json', '.bak', '~'];

test('K9: of thousands of paths that nobody declared none answers a stranger, whatever the verb', async () => {
  await using server = await startServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  onTestFinished(() => agent.destroy());
  const ask = (method: string, path: string) =>
    new Promise<number>((resolve, reject) => {
      const sent = request({ agent, method, path, host: '127.0.0.1', port: server.port }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      });
      sent.once('error', reject).end();
    });
  const declared = Object.keys(document.paths).map(
    (path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  );
  const paths = before.flatMap((front) => words.flatMap((word) => after.map((back) => `${front}/${word}${back}`)));
  const asked = paths.flatMap((path, i) => [
    ['GET', path] as const,
    ...(i % 10 === 0 ? [['POST', path] as const, ['TRACE', path] as const] : []),
  ]);
  const wrong: string[] = [];
  for (let at = 0; at < asked.length; at += 200) {
    const some = asked.slice(at, at + 200);
    const statuses = await Promise.all(some.map(([method, path]) => ask(method, path)));
    for (const [i, status] of statuses.entries()) {
      const [method, path] = some[i] ?? ['', ''];
      const known = [...declared, ...beside].some((form) => form.test(path.replace(/^\/%2e%2e/, ''))); // which is / by the rules of URLs
      if (status >= 500 || (status < 400 && !(known && method === 'GET'))) wrong.push(`${method} ${path} ${status}`);
    }
  }
  process.stdout.write(`K9: ${asked.length} requests for ${paths.length} paths\n`);
  expect(wrong).toEqual([]);
  expect(asked.length).toBeGreaterThan(5_000);
  expect(server.faults).toEqual([]);
});
