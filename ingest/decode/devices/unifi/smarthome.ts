import type { Rejected } from '../../decoded.ts';
import { toJson } from '../../json.ts';
import { isRecord } from '../../measure.ts';
import { fromEpochMs } from '../../time.ts';

/** A value as mqtt-smarthome writes it: plain, or `{ val, ts, lc }` with the time of the report in milliseconds. */
export interface Report {
  readonly value: unknown;
  readonly time: number | undefined;
}

export const readReport = (text: string): Report | Rejected => {
  if (!text.startsWith('{')) return { value: text, time: undefined };
  const json = toJson(text);
  if ('kind' in json) return json;
  if (!isRecord(json.value) || !('val' in json.value)) return { value: json.value, time: undefined };
  const { val, ts } = json.value;
  const time = fromEpochMs(ts);
  return { value: val, time: time !== undefined && time > 0 ? time : undefined };
};
