import { readFileSync } from 'node:fs';
import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { folder, freePort, serving, startChild } from './test/process.ts';
import { rawConnection } from './test/raw.ts';

const most = () => Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));

test.runIf(process.platform === 'linux' && most() >= 2_000)(
  'fifteen hundred who come at once while the server is held up are all taken by its system, and served when it goes on',
  async () => {
    using data = folder();
    await using server = startChild({ DATA_DIR: data.path, PORT: String(await freePort()) });
    await serving(server);
    server.process.kill('SIGSTOP');
    const coming = Promise.all(Array.from({ length: 1_500 }, () => rawConnection(server.port)));
    let all = 0;
    void coming.then(({ length }) => {
      all = length;
    });
    await eventually('all are connected', () => all === 1_500); // beyond what may wait, nobody is while it stands
    server.process.kill('SIGCONT');
    const connections = await coming;
    expect((await fetch(`${server.url}/readyz`)).ok).toBe(true);
    for (const connection of connections) connection[Symbol.dispose]();
  },
);
