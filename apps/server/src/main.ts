// The composition root. Imports what needs a new Node only after looking at the one that runs it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  console.error(`KoreroMai needs Node 22.17 or newer, and this is ${process.versions.node}. Start it with: npm start`);
  process.exit(1);
}
const { run } = await import('./run.ts');
await run();
