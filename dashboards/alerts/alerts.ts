import type { Site } from '../../model/site.ts';
import { contractedKw } from '../panels/power-now.ts';
import type { Alerting } from './configuration.ts';
import { accessPointDown, deviceSilent } from './devices.ts';
import { pipelineAlerts } from './pipeline.ts';
import { nightBaseLoad, overCapacity, overContract } from './place.ts';
import type { AlertRule } from './rule.ts';
import { channelUtilization, internet, serviceLevels } from './wifi.ts';

/** Share of its time from which a channel is full, where the site file says nothing (docs/kpi.md). */
const channelMaxPct = 70;

/** Every alert of a site, the most urgent first. */
export const alertsOf = (site: Site, alerting: Alerting): readonly AlertRule[] => [
  ...pipelineAlerts(alerting),
  accessPointDown(site),
  ...internet(alerting),
  overCapacity(site),
  overContract(contractedKw(site) * 1_000, site),
  deviceSilent(site),
  ...serviceLevels(alerting),
  channelUtilization(site.figures?.wifi?.utilization_max_pct ?? channelMaxPct),
  nightBaseLoad(alerting, site),
];
