import type { Site } from '../api/types.ts';
import type { LiveStore } from '../live/store.ts';
import type { SiteTime } from '../text/format.ts';

/** What every page is given. */
export interface Context {
  readonly site: Site;
  readonly live: LiveStore;
  readonly time: SiteTime;
}

export interface PageView {
  readonly element: HTMLElement;
  /** Stops what the page does by itself. */
  close(): void;
}

export type RenderPage = (context: Context) => PageView;
