import { counter, defineMeasurement, float, integer } from './measurement.ts';

export const accessPoint = defineMeasurement({
  name: 'access_point',
  description: 'A Wi-Fi access point as a whole.',
  tags: {},
  fields: {
    clients: integer('clients', 0, 10_000, 'Associated clients on all radios. A count, never identities.'),
    uptime_s: integer('s', 0, 4_000_000_000, 'Seconds since the access point started.'),
    cpu_pct: float('%', 0, 100, 'Processor load.'),
    memory_pct: float('%', 0, 100, 'Memory in use.'),
    uplink_mbit_s: float('Mbit/s', 0, 1_000_000, 'Negotiated speed of the wired uplink.'),
    satisfaction_pct: float(
      '%',
      0,
      100,
      'Experience of the clients as the vendor scores it; to be compared within one vendor alone.',
    ),
    devices_heard: integer(
      '1',
      0,
      100_000,
      'Wi-Fi devices heard in the interval that ends here, associated or not. A count, never identities.',
    ),
    devices_heard_signal_dbm: float('dBm', -130, 0, 'Mean signal of the devices heard.'),
  },
});

export const bands = ['2.4', '5', '6'] as const;
export type Band = (typeof bands)[number];

export const radio = defineMeasurement({
  name: 'radio',
  description: 'One radio of an access point.',
  tags: { band: bands },
  fields: {
    channel: integer('1', 1, 253, 'Primary channel number.'),
    clients: integer('clients', 0, 10_000, 'Associated clients on this radio.'),
    clients_weak: integer('clients', 0, 10_000, 'Clients heard below the coverage threshold of -72 dBm.'),
    utilization_pct: float('%', 0, 100, 'Share of time in which the channel is busy.'),
    noise_dbm: float('dBm', -130, 0, 'Noise floor.'),
    signal_dbm: float('dBm', -130, 0, 'Mean signal of the associated clients.'),
    tx_power_dbm: float('dBm', -20, 40, 'Transmit power.'),
    satisfaction_pct: float(
      '%',
      0,
      100,
      'Experience of the clients as the vendor scores it; to be compared within one vendor alone.',
    ),
    tx_bytes: integer('B', 0, Number.MAX_SAFE_INTEGER, 'Bytes sent since the radio started.', counter),
    rx_bytes: integer('B', 0, Number.MAX_SAFE_INTEGER, 'Bytes received since the radio started.', counter),
    retries_pct: float('%', 0, 100, 'Share of frames that had to be sent again.'),
    connects: integer('1', 0, Number.MAX_SAFE_INTEGER, 'Completed connections since start.', counter),
    connect_failures_association: integer(
      '1',
      0,
      Number.MAX_SAFE_INTEGER,
      'Connections that failed at association.',
      counter,
    ),
    connect_failures_authorization: integer(
      '1',
      0,
      Number.MAX_SAFE_INTEGER,
      'Connections that failed at authorisation.',
      counter,
    ),
    connect_failures_dhcp: integer(
      '1',
      0,
      Number.MAX_SAFE_INTEGER,
      'Connections that got no address.',
      counter,
    ),
    connect_failures_dns: integer(
      '1',
      0,
      Number.MAX_SAFE_INTEGER,
      'Connections that got no name resolution.',
      counter,
    ),
    time_to_connect_ms: float('ms', 0, 600_000, 'Mean time from association to a usable connection.'),
    roams: integer(
      '1',
      0,
      Number.MAX_SAFE_INTEGER,
      'Clients that roamed to this radio since start.',
      counter,
    ),
    roams_slow: integer('1', 0, Number.MAX_SAFE_INTEGER, 'Those of them that took too long.', counter),
  },
});
