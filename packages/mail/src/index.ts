export type { Letter, Transport } from './transports/transport.ts';
