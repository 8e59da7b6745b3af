import * as now from '../panels/pipeline-now.ts';
import * as range from '../panels/pipeline-range.ts';
import { started } from './annotation.ts';
import { type Board, stack } from './board.ts';
import { dataSource, site } from './variable.ts';

/** Whether data gets from the devices into the store: for whoever runs Aperto. */
export const pipeline: Board = {
  slug: 'pipeline',
  title: { it: 'Aperto · Pipeline', en: 'Aperto · Pipeline' },
  description: {
    it: 'Se i messaggi arrivano nel database, con quanto ritardo, e quali no. Per chi gestisce Aperto.',
    en: 'Whether messages get into the store, how late, and which do not. For whoever runs Aperto.',
  },
  audience: { it: 'gestione', en: 'operations' },
  variables: [dataSource, site('pipeline')],
  annotations: [started],
  rows: [
    {
      key: 'pipeline-now',
      title: { it: 'Adesso', en: 'Now' },
      collapsed: false,
      bands: [
        [stack(5, [now.lagNow, 4], [now.waitingNow, 4]), stack(19, [range.lagTrend, 8])],
        [stack(5, [now.spoolNow, 4], [now.imbalanceNow, 4]), stack(19, [range.spoolTrend, 8])],
      ],
    },
    {
      key: 'pipeline-range',
      title: { it: 'Nel periodo scelto', en: 'In the chosen range' },
      collapsed: false,
      bands: [
        [stack(24, [range.messagesTrend, 9])],
        [stack(5, [now.quarantinedInRange, 9]), stack(19, [range.lossesTrend, 9])],
        [stack(12, [range.acceptTrend, 8]), stack(12, [range.writeTrend, 8])],
        [stack(24, [now.ingestTable, 7])],
      ],
    },
  ],
};
