import { cpus } from 'node:os';

/** Share of the machine that may be at work, and milliseconds looked at and waited for. */
const [busy, glance, longest] = [0.1, 250, 30_000];

const spent = () => {
  const all = cpus().map(({ times }) => times);
  const idle = all.reduce((sum, { idle }) => sum + idle, 0);
  return { idle, total: all.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0) };
};

/** Waits until whatever ran before has done what it left for later: it would take from what is measured next. Gives up after half a minute. */
export async function quiet(): Promise<void> {
  const end = performance.now() + longest;
  for (let before = spent(); performance.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, glance));
    const now = spent();
    if (1 - (now.idle - before.idle) / (now.total - before.total) < busy) return;
    before = now;
  }
}
