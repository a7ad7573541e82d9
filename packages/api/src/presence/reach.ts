import type { RedisBus } from '@koreromai/realtime';

/** How a process hears of the others on its database, as health tells it. */
export interface Reach {
  readonly redis: 'none' | 'up' | 'lost';
  readonly says: string;
}

const says = {
  none: 'REDIS_URL is not set: other processes are heard of within a second; presence and rate limits count in each process alone.',
  up: 'Redis rings between the processes and counts for all of them.',
  lost: 'Redis does not answer: until it does, other processes are heard of within a second; presence and rate limits count in each process alone.',
} as const;

export const reachOf = (bus: Pick<RedisBus, 'up'> | null): Reach => ({
  get redis() {
    return bus === null ? 'none' : bus.up ? 'up' : 'lost';
  },
  get says() {
    return says[this.redis];
  },
});
