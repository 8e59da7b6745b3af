import { rejected } from '../../decoded.ts';
import type { Context } from '../../definition.ts';
import { Gatherer, type Speaker } from '../../measure.ts';
import { type Quantity, quantityOf } from '../../quantity.ts';
import { type Birth, type Born, folderOf, identityOf, recallBirth, type Who } from './birth.ts';
import { type Metric, type Payload, readValue } from './payload.ts';

/** A message of a node or device, read as far as protobuf goes. */
export interface Message {
  readonly who: Who;
  readonly payload: Payload;
  readonly context: Context;
}

/** Metrics that steer a node, tell of its make, or count its sessions. */
const notData = /^(?:bdSeq$|Node Control\/|Device Control\/|Node Info\/|Properties\/)/;

/** A metric by its alias, or by its name; a name that no birth told of is read for what it says. */
const knownOf = (metric: Metric, birth: Birth | undefined, aliasesHold: boolean): Born | undefined => {
  if (metric.name === undefined) {
    return aliasesHold && metric.alias !== undefined ? birth?.byAlias.get(metric.alias) : undefined;
  }
  const born = birth?.byName.get(metric.name);
  if (born !== undefined) return born;
  const folder = folderOf(metric.name);
  return {
    quantity: quantityOf({ name: metric.name, unit: metric.unit }),
    datatype: metric.datatype,
    channel: folder === '' ? undefined : folder,
  };
};

/** What the metrics of a message say. */
export interface Figures {
  readonly gatherer: Gatherer;
  /** Metrics whose alias stands for nothing that is known. */
  readonly strangers: number;
}

/**
 * Reads the metrics of a message by what the birth said of them.
 * @param aliasesHold false where a birth may have been missed, so that an alias stands for nothing
 */
export const readMetrics = ({ who, payload, context }: Message, aliasesHold: boolean): Figures => {
  const birth = recallBirth(context.memory, who);
  const gatherer = new Gatherer();
  const identity = identityOf(who);
  let strangers = 0;
  for (const metric of payload.metrics) {
    if (metric.name !== undefined && notData.test(metric.name)) continue;
    const known = knownOf(metric, birth, aliasesHold);
    if (known === undefined) {
      if (!(aliasesHold && birth?.complete === false)) strangers++;
    } else if (metric.content !== undefined && known.quantity !== undefined) {
      const device = known.channel === undefined ? identity : `${identity}/${known.channel}`;
      const { historical } = metric;
      const speaker = { device, time: metric.time ?? payload.time, backfill: historical };
      readMetric(
        gatherer,
        speaker,
        known.quantity,
        readValue(metric.content, metric.datatype ?? known.datatype),
      );
    }
  }
  return { gatherer, strangers };
};

const readMetric = (
  gatherer: Gatherer,
  speaker: Speaker,
  quantity: Exclude<Quantity, undefined>,
  value: number | boolean | string,
): void => {
  if ('why' in quantity) gatherer.doubt(rejected('not_understood', quantity.why));
  else gatherer.take(speaker, quantity.rule, value);
};
