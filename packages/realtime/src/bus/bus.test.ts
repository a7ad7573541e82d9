import { describe } from 'vitest';
import { createLocalBus } from './bus.ts';
import { busConformance } from './test/conformance.ts';

describe('the bus of a single process', () => {
  busConformance(async () => {
    const faults: unknown[] = [];
    const bus = createLocalBus((error) => void faults.push(error));
    return { buses: [bus], faults, [Symbol.asyncDispose]: () => bus.close() };
  });
});
