/** `NAME=value`, as it stands before a command. */
export const isEnvironment = (word = '') => /^[A-Z_]+=/.test(word);

const starts = /^(?:sudo |[A-Z_]+=\S+ )*(?:npm|npx|node|docker|bash|curl|git|rm|koreromai|redis-server) /;

/** Every command of a page in Markdown: lines of blocks of `sh`, indented lines, and what stands in backticks and begins like one. */
export function commandsIn(page: string): string[] {
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, text = '']) => text.split('\n'));
  const indented = [...page.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line).filter((line) => starts.test(line));
  const inline = [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...indented, ...inline.filter((code) => starts.test(`${code} `) && !code.endsWith('='))]
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => line.split(' && '));
}

/** Commands of other programs, each looked at once by a person. A new one fails the test until it is added here. */
export const namedCommands = [
  /^npm (ci|pack \.\/packages\/client\/dist|audit --omit=dev|run pack -w @koreromai\/client)$/,
  /^docker compose (--profile two )?up$/,
  /^docker compose run app npm test$/,
  /^docker build \.$/,
  /^curl -H 'X-Demo-User: [^']+'( -N)? http:\/\/localhost:1337\/api\/v1\//,
  /^curl -d '\{"text":[^']+\}' http:\/\/localhost:1337\/hooks\/kmh_TOKEN$/, // walk.test.ts types it
  /^rm -rf node_modules$/,
  /^git (pull|clone REPOSITORY \/opt\/koreromai)$/,
  /^cd \/opt\/koreromai$/,
  /^useradd --system --home-dir \/var\/lib\/koreromai --shell \/usr\/sbin\/nologin koreromai$/,
  /^install -m \d{3} deploy\/(koreromai\.(env|service)|Caddyfile) \/etc\//,
  /^systemctl (daemon-reload|enable --now koreromai|reload caddy)$/,
];
