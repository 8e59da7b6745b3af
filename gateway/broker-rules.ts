import { limits } from '../model/limits.ts';
import { isLoopback } from './exposure.ts';
import type { GateRules } from './gate.ts';
import type { ReturnRules } from './returns.ts';
import type { RetainedLimits } from './session/retained.ts';
import type { SessionLimits } from './session/sessions.ts';

/** What clients of the broker may do; docs/decisions say why so much and no more. */
export interface BrokerRules {
  readonly connectionsMax: number;
  readonly connectionsPerAddressMax: number;
  /** Addresses of which the connections count in the sum alone. */
  readonly isExempt: (address: string) => boolean;
  readonly subscriptionsPerClientMax: number;
  readonly subscriptionsMax: number;
  readonly connectTimeoutMs: number;
  readonly willBytesMax: number;
  readonly partialPacketBytesMax: number;
  readonly packetTimeoutMs: number;
  readonly subscriberBytesMax: number;
  readonly gate: GateRules;
  readonly returns: ReturnRules;
  readonly sessions: SessionLimits;
  readonly retained: RetainedLimits;
}

const defaults: BrokerRules = {
  connectionsMax: limits.connectionsMax,
  connectionsPerAddressMax: limits.connectionsPerAddressMax,
  isExempt: isLoopback,
  subscriptionsPerClientMax: limits.subscriptionsPerClientMax,
  subscriptionsMax: limits.subscriptionsMax,
  connectTimeoutMs: limits.connectTimeoutMs,
  willBytesMax: limits.willBytesMax,
  partialPacketBytesMax: limits.partialPacketBytesMax,
  packetTimeoutMs: limits.packetTimeoutMs,
  subscriberBytesMax: limits.subscriberBytesMax,
  gate: {
    messagesPerSecondMax: limits.clientMessagesPerSecondMax,
    bytesPerSecondMax: limits.clientBytesPerSecondMax,
    inFlightMax: limits.inFlightMax,
    badMessageCost: limits.badMessageCost,
    connectBytesMax: limits.connectBytesMax,
  },
  returns: { burst: limits.connectsPerClientBurst, everyMs: limits.connectsPerClientEveryMs },
  sessions: {
    awayMax: limits.sessionsAwayMax,
    awayMs: limits.sessionAwayMs,
    filtersMax: limits.sessionFiltersMax,
    messagesMax: limits.sessionMessagesMax,
    bytesMax: limits.sessionBytesMax,
    totalBytesMax: limits.sessionsBytesMax,
  },
  retained: { messagesMax: limits.retainedMessagesMax, bytesMax: limits.retainedBytesMax },
};

export const rulesOf = (changes: Partial<BrokerRules> = {}): BrokerRules => ({ ...defaults, ...changes });

/** The defaults with another rate for each client; 0 is none. */
export const withClientRate = (messagesPerSecondMax: number): Partial<BrokerRules> => ({
  gate: { ...defaults.gate, messagesPerSecondMax },
});
