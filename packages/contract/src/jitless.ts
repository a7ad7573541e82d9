import { config } from 'zod';

// In a page, zod's faster way compiles code, which a strict Content-Security-Policy forbids and reports.
// It decides when the first schema is made, so this module is imported before all others.
if ('document' in globalThis) config({ jitless: true });
