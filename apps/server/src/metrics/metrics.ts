import type { Committed, Meter } from '@koreromai/realtime';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createLag } from './lag.ts';

/** What is counted outside the services: HTTP requests by the pattern of their path, never by the path itself. */
export interface Answered {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What is read when somebody asks. */
export interface Gauges {
  readonly sockets: () => number;
  readonly streams: () => number;
  /** Changes that wait for the lane. */
  readonly waiting: () => number;
  /** Calls that have come by sockets and not begun. */
  readonly calls: () => number;
  /** Bytes that sockets have been given and the network has not taken. */
  readonly queuedBytes: () => number;
  /** Events that each follower of the log has still to handle. */
  readonly behind: () => Promise<readonly { name: string; events: number }[]>;
}

export interface Metrics extends Meter {
  answered(request: Answered): void;
  /** Names what is read on demand; called once, when it exists. */
  watch(gauges: Gauges): void;
  /** Prometheus' text format 0.0.4. */
  text(): Promise<string>;
  readonly contentType: string;
}

const quick = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The figures of one process, in a registry of its own: two servers in one test do not share them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry }); // memory, garbage, and the lag of the event loop
  const registers = [registry];
  const metric = (name: string, help: string) => ({ name: `koreromai_${name}`, help, registers });
  const transactions = new Counter(metric('transactions_total', 'Transactions of the lane that were committed'));
  const events = new Counter(metric('events_total', 'Events written to the log'));
  const batches = new Histogram({ ...metric('batch_changes', 'Changes in one transaction'), buckets: [1, 2, 5, 10, 20, 50, 100, 200] });
  const commits = new Histogram({ ...metric('transaction_seconds', 'From the first lock to the answer of COMMIT'), buckets: quick });
  const delivery = new Histogram({
    ...metric('delivery_seconds', 'From the answer of COMMIT to the last write to a socket here that reads along'),
    buckets: quick,
  });
  const lag = createLag((seconds) => delivery.observe(seconds));
  const calls = new Counter({
    ...metric('calls_total', 'Procedures called, by how they ended'),
    labelNames: ['procedure', 'transport', 'code'],
  });
  const callTimes = new Histogram({
    ...metric('call_seconds', 'Until a procedure answered'),
    labelNames: ['procedure'],
    buckets: [0.002, 0.01, 0.05, 0.25, 1, 5],
  });
  const requests = new Histogram({
    ...metric('http_request_seconds', 'Until an HTTP request was answered, by the pattern of its path'),
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5],
  });

  return {
    contentType: registry.contentType,
    committed(batch: Committed) {
      transactions.inc();
      events.inc(batch.events);
      batches.observe(batch.changes);
      commits.observe(batch.seconds);
      lag.committed(batch);
    },
    delivered: lag.delivered,
    called({ procedure, transport, code, seconds }) {
      calls.inc({ procedure, transport, code });
      callTimes.observe({ procedure }, seconds);
    },
    answered({ method, route, status, seconds }) {
      requests.observe({ method, route, status }, seconds);
    },
    watch(gauges) {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          ...metric(name, help),
          collect() {
            this.set(read());
          },
        });
      gauge('changes_waiting', 'Changes that wait for the lane', gauges.waiting);
      gauge('calls_waiting', 'Calls that have come by sockets and not begun', gauges.calls);
      gauge('queued_bytes', 'Bytes given to sockets that the network has not taken', gauges.queuedBytes);
      new Gauge({
        ...metric('connections', 'Open connections'),
        labelNames: ['kind'],
        collect() {
          this.set({ kind: 'socket' }, gauges.sockets());
          this.set({ kind: 'stream' }, gauges.streams());
        },
      });
      new Gauge({
        ...metric('follower_behind_events', 'Events that a follower of the log has still to handle'),
        labelNames: ['follower'],
        async collect() {
          for (const { name, events: left } of await gauges.behind()) this.set({ follower: name }, left);
        },
      });
    },
    text: () => registry.metrics(),
  };
}
