import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseSite } from '../model/site.ts';
import { messages } from '../simulators/messages.ts';

const siteFile = createRequire(import.meta.url).resolve('#root/sites/via-rossini.yaml');
const dayMs = 24 * 3_600_000;

/** How fast a simulated day is made, without MQTT. */
export const benchSimulators = (): void => {
  const site = parseSite(readFileSync(siteFile, 'utf8'), siteFile);
  const from = Date.parse('2026-06-23T00:00:00Z');
  const started = performance.now();
  let count = 0;
  let bytes = 0;
  for (const { payload } of messages({ site, from, to: from + dayMs })) {
    count++;
    bytes += payload.length;
  }
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(count / seconds).toLocaleString('en');
  process.stdout.write(`a day of via Rossini: ${count} messages, ${bytes} bytes, ${rate} messages/s\n`);
};
