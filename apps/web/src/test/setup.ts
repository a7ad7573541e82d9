import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@solidjs/testing-library';
import { afterEach } from 'vitest';

configure({ asyncUtilTimeout: 15_000 }); // a busy machine is late; what comes in time is not kept waiting
afterEach(cleanup);
