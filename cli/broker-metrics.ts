import { Gauge, type Registry } from 'prom-client';
import type { Subscriber } from '../ingest/subscribe/subscriber.ts';

/** What came from an external broker. Read when somebody asks. */
export const observeSubscriber = (registry: Registry, subscriber: Subscriber): void => {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  const { counts } = subscriber;
  gauge('aperto_broker_connected', '1 while subscribed at the external broker.', () =>
    subscriber.state.ok ? 1 : 0,
  );
  gauge(
    'aperto_broker_connects',
    'Subscriptions of this run; more than 1 means lost connections.',
    () => counts.connects,
  );
  gauge('aperto_broker_received_messages', 'Messages that came from the broker.', () => counts.received);
  gauge(
    'aperto_broker_redelivered_messages',
    'Of them, those that the broker had sent before.',
    () => counts.redelivered,
  );
  gauge(
    'aperto_broker_retained_messages',
    'Of them, values that the broker had kept, which are no news.',
    () => counts.retained,
  );
  gauge('aperto_broker_in_flight_messages', 'Messages that wait for their fsync.', () => subscriber.inFlight);
  gauge(
    'aperto_broker_unsent_commands',
    'Commands that were dropped because there was no connection.',
    () => counts.unsent,
  );
};
