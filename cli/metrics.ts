import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client';
import type { Broker } from '../gateway/broker.ts';
import { imbalance, type Ledger } from '../ingest/ledger.ts';
import type { SpoolStats } from '../ingest/spool/protocol.ts';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Metrics of the way from the door to the store. The books are read when somebody asks. */
export const observeIngest = (
  registry: Registry,
  { ledger, stats }: { ledger: Ledger; stats: () => Promise<SpoolStats> },
) => {
  collectDefaultMetrics({ register: registry });
  observeLedger(registry, ledger);
  observeSpool(registry, stats);
  const durable = new Histogram({
    name: 'aperto_accept_seconds',
    help: 'Time from the oldest message of a group commit at the door until it is durable.',
    buckets: seconds,
    registers: [registry],
  });
  const write = new Histogram({
    name: 'aperto_store_write_seconds',
    help: 'Time of one write to the store.',
    buckets: seconds,
    registers: [registry],
  });
  const points = new Counter({
    name: 'aperto_store_points_total',
    help: 'Points that the store was given.',
    registers: [registry],
  });
  return {
    durable: (delayMs: number): void => durable.observe(delayMs / 1000),
    stored: (count: number, writeMs: number): void => {
      write.observe(writeMs / 1000);
      points.inc(count);
    },
  };
};

const observeLedger = (registry: Registry, ledger: Ledger): void => {
  new Gauge({
    name: 'aperto_ledger_messages',
    help: 'Messages by account of the books; received is the sum of all others.',
    labelNames: ['account', 'reason'],
    registers: [registry],
    collect() {
      const { quarantined, refused, ...plain } = ledger.view();
      this.reset();
      for (const [account, messages] of Object.entries(plain)) this.set({ account, reason: '' }, messages);
      for (const [account, reasons] of Object.entries({ quarantined, refused })) {
        for (const [reason, messages] of Object.entries(reasons)) this.set({ account, reason }, messages);
      }
    },
  });
  new Gauge({
    name: 'aperto_ledger_imbalance_messages',
    help: 'Messages that the books cannot account for; anything but 0 is a fault of Aperto.',
    registers: [registry],
    collect() {
      this.set(imbalance(ledger.view()));
    },
  });
  new Gauge({
    name: 'aperto_received_qos0_messages',
    help: 'Messages of this run that came with QoS 0: best effort, without an acknowledgement.',
    registers: [registry],
    collect() {
      this.set(ledger.receivedQos0);
    },
  });
};

const observeSpool = (registry: Registry, stats: () => Promise<SpoolStats>): void => {
  const gauge = (name: string, help: string, read: () => Promise<number>): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  gauge(
    'aperto_spool_waiting_messages',
    'Durable messages that wait for the store.',
    async () => (await stats()).waitingMessages,
  );
  gauge('aperto_spool_bytes', 'Size of the spool on disk.', async () => (await stats()).sizeBytes);
};

export const observeBroker = (registry: Registry, broker: Broker): void => {
  new Gauge({
    name: 'aperto_mqtt_connections',
    help: 'Connected MQTT clients.',
    registers: [registry],
    collect() {
      this.set(broker.connections());
    },
  });
  new Gauge({
    name: 'aperto_mqtt_limited_seconds',
    help: 'How long clients that sent too much were not read, by client and offence; the worst ones alone.',
    labelNames: ['client', 'offence'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { client, offence, heldMs } of broker.limited())
        this.set({ client, offence }, heldMs / 1000);
    },
  });
};
