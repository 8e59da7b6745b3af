import type { Rebirth } from '../../decoded.ts';
import { datatypes } from './datatype.ts';
import { encodeProto } from './proto.ts';

/** A command to publish with QoS 0, not retained [tck-id-operational-behavior-data-commands-ncmd-rebirth-verb]. */
export interface Command {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/**
 * The command that makes a node publish its births again. It names the metric, because aliases are not known then,
 * and has no sequence number [tck-id-payloads-ncmd-seq].
 * @param now epoch milliseconds
 */
export const rebirthCommand = ({ group, node }: Rebirth, now: number): Command => ({
  topic: `spBv1.0/${group}/NCMD/${node}`,
  payload: encodeProto({
    timestamp: now,
    metrics: [
      {
        name: 'Node Control/Rebirth',
        timestamp: now,
        datatype: datatypes.Boolean,
        booleanValue: true,
      },
    ],
  }),
});
