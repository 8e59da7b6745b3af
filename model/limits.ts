/**
 * Everything has a limit, and the unit is in the name. What goes over is refused or quarantined with a
 * reason and counted. Commands may lower or raise some of them; these are the defaults.
 */
export const limits = {
  /** One MQTT packet on the wire; larger ones are refused from their header, before the body is buffered. */
  packetBytesMax: 256 * 1024,
  /** One telemetry payload. Larger ones that still fit a packet go to quarantine as `too_large`. */
  payloadBytesMax: 64 * 1024,
  /**
   * One webhook: a controller or a cloud tells of all its devices at once, and some 20 kB of each are usual. What is
   * larger is refused at the door; reading this much takes some 12 ms in which nothing else is read.
   */
  hookPayloadBytesMax: 1024 * 1024,
  /** When a webhook is asked to come again, where there was no room for it. */
  hookRetryAfterMs: 30_000,
  topicBytesMax: 256,
  topicLevelsMax: 16,
  clientIdLengthMax: 64,
  connectionsMax: 12_000,
  /** From one address of the network, or one /64 of IPv6; programs on this machine count in the sum alone. */
  connectionsPerAddressMax: 2_000,
  subscriptionsPerClientMax: 64,
  subscriptionsMax: 100_000,
  /** What the broker may keep as retained messages, all together; what is over it is delivered and not kept. */
  retainedMessagesMax: 20_000,
  retainedBytesMax: 32 * 1024 * 1024,
  connectTimeoutMs: 10_000,
  /** CONNECT with its will and its password: it comes before anybody is known. */
  connectBytesMax: 16 * 1024,
  willBytesMax: 4 * 1024,
  /** How long a packet may take from its first byte to its last, and bytes of all that are not complete. */
  packetTimeoutMs: 30_000,
  partialPacketBytesMax: 16 * 1024 * 1024,
  /** What one client may send in the long run; twice as much at once. Its connection is not read meanwhile. */
  clientMessagesPerSecondMax: 5_000,
  clientBytesPerSecondMax: 4 * 1024 * 1024,
  /** What a message that is no reading counts of the above. */
  badMessageCost: 25,
  /** Connections of one client id: so many at once, then one in so many ms. */
  connectsPerClientBurst: 60,
  connectsPerClientEveryMs: 1_000,
  /** What may wait in memory for a subscriber that does not read. */
  subscriberBytesMax: 256 * 1024,
  /** Sessions whose client is away: how many, for how long, and topic filters of all sessions. */
  sessionsAwayMax: 4_000,
  /** Of those the ones of MQTT 5, which have a timer each. */
  pendingSessionsMax: 2_000,
  sessionAwayMs: 24 * 3600 * 1000,
  sessionFiltersMax: 20_000,
  /** Messages that wait for the client of one session, and their bytes, also those of all sessions. */
  sessionMessagesMax: 1_000,
  sessionBytesMax: 4 * 1024 * 1024,
  sessionsBytesMax: 16 * 1024 * 1024,
  /** How long a peer that does not read may hold others up. */
  drainTimeoutMs: 5_000,
  /** Messages of one client that wait for their fsync before TCP pushes back. */
  inFlightMax: 1_024,

  /** Device time further back than this is not believed. */
  timePastMaxMs: 400 * 24 * 3600 * 1000,
  /** Device time further ahead than this is not believed. */
  timeFutureMaxMs: 5 * 60 * 1000,

  /**
   * Nurseries of the threads in MB: nearly all that a message leaves behind is young, and what does not fit is copied.
   * Larger ones gave no more messages a second here. The doors have theirs by a flag of the process.
   */
  ingestYoungGenerationMb: 48,
  storageYoungGenerationMb: 24,
  spoolYoungGenerationMb: 6,
  /**
   * The rest of their heaps, far above what they need. V8 lets a heap without a bound grow to four times what lives in
   * it before it looks for what does not.
   */
  ingestOldGenerationMb: 512,
  storageOldGenerationMb: 1_024,
  spoolOldGenerationMb: 256,
  /** Messages that one group commit of the spool may cover. */
  commitMessagesMax: 2_000,
  commitBytesMax: 4 * 1024 * 1024,
  /** Size of the spool's file, its waiting messages and quarantine together. */
  spoolBytesMax: 2 * 1024 * 1024 * 1024,
  /** Quarantined messages that are kept to be looked at; older ones go first, their count stays in the ledger. */
  quarantineRowsMax: 10_000,
  quarantinePayloadBytesMax: 4 * 1024,
  /** Points in one write to the store. */
  storeBatchPointsMax: 5_000,
  /** Characters of one tag value. */
  tagLengthMax: 256,
  /** Series that one embedded store holds, which is also InfluxDB's default; points of further ones are rejected. */
  storeSeriesMax: 1_000_000,
  /** Queries that may wait for the embedded store. */
  storeReadsWaitingMax: 1_000,
  /** Devices without a place in a site file that are remembered to be listed. */
  strangersMax: 1_000,
  /** Facts that device definitions remember: births, descriptions, units. */
  memoryEntriesMax: 20_000,
  memoryValueBytesMax: 64 * 1024,
  /** RAM of all of them together. */
  memoryBytesMax: 64 * 1024 * 1024,
  /** Series of one device: phases, bands, targets. Messages that name a further one are quarantined. */
  seriesPerDeviceMax: 256,
  /** Series of one device that the live state holds. */
  liveSeriesPerDeviceMax: 256,
  /** How many accepted messages are remembered to know a repeat. */
  duplicateWindowMessages: 50_000,

  /** Rows of one page of the HTTP API. */
  pageRowsMax: 10_000,
  requestBytesMax: 1024 * 1024,
  /** Path and query of one request, one part of the path, and all of its headers. */
  urlLengthMax: 4_096,
  pathParameterLengthMax: 64,
  headerBytesMax: 16 * 1024,
  headersTimeoutMs: 10_000,
  /** How long a client may take to send a whole request. */
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 5_000,
  /** How long a request may wait for the store, the spool or a health check. */
  answerTimeoutMs: 30_000,
  healthTimeoutMs: 2_000,
  /** How long open requests may go on once the HTTP server was told to close. */
  closeTimeoutMs: 5_000,
  /** Requests in a minute: of one token, or of one address of a server that asks for none. */
  requestsPerMinuteMax: 12_000,
  /** Of one address without a token that is known, where one is asked for. */
  strangerRequestsPerMinuteMax: 600,
  /** Webhooks of one address: a network server posts for thousands of devices. */
  hookRequestsPerMinuteMax: 30_000,
  /** Windows between `from` and `to` of one aggregate query. */
  seriesWindowsMax: 50_000,
  quarantinePageRowsMax: 1_000,
  eventStreamsMax: 1_000,
  /** What one slow reader of the event stream may leave waiting, and for how long. */
  eventStreamBytesMax: 1024 * 1024,
  eventStreamStallMs: 30_000,
  /** News is told to event streams no more often than this: each telling is a write to every one of them. */
  eventFlushMs: 100,
  heartbeatMs: 15_000,
  /** How often open event streams are told which devices fell silent. */
  silenceCheckMs: 5_000,
  siteFileBytesMax: 4 * 1024 * 1024,
} as const;
