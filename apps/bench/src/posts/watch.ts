import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into a server before it starts: tells, when asked, the longest that its event loop was held since it was asked last.
const resolution = 1;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
process.on('message', () => {
  process.send?.(delay.max / 1e6 - resolution);
  delay.reset();
});
process.channel?.unref();
