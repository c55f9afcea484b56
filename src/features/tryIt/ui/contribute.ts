// Calls that a person makes by hand on a page. Only ids are here: the page is loaded by the first call, or by what a reload has left.

import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { panel as panelId } from '../../../ui/ids';
import type { Platform } from '../../../ui/platform';
import type { DescriptionApi } from '../../description';
import type { HistoryApi } from '../../history';
import type { ScoringApi } from '../../scoring';
import type { ServicesApi } from '../../services';
import type { SavedTarget } from '../shape';
import type { CallTarget } from '../target';
import { contributeTest, type TestApi } from './testFeature';
import type { TryItPanel } from './tryItPanel';

/** What other features need of it. */
export interface TryItApi extends TestApi {
  /** Shows the page of something that can be called. */
  readonly open: (target: CallTarget) => Promise<void>;
  /** Says who finds a target again after a reload; undefined is for one that is gone. */
  readonly register: (find: FindTarget) => Disposable;
}

type FindTarget = (saved: SavedTarget) => Promise<CallTarget | undefined>;

/** Adds the pages. */
export function contributeTryIt(
  platform: Pick<Platform, 'context' | 'reporter' | 'panels' | 'commands' | 'opener'>,
  services: ServicesApi, scoring: ScoringApi, history: Pick<HistoryApi, 'lastRequest'>, description: DescriptionApi,
): TryItApi & Disposable {
  const { context, reporter, panels } = platform;
  const lifetime = new DisposableStore();
  let finder: FindTarget | undefined;
  const find: FindTarget = async (saved) => finder?.(saved);
  let loading: Promise<TryItPanel> | undefined;
  const page = (): Promise<TryItPanel> => (loading ??= import('./tryItPanels').then((loaded) =>
    lifetime.add(loaded.openTryItPanel({ context, reporter, scoring, find }))));
  lifetime.add(panels.register(panelId.tryIt, async (restored, state) => (await page()).adopt(restored, state)));
  const test = lifetime.add(contributeTest({ platform, services, scoring, history, description }));
  return {
    open: async (target) => (await page()).show(target),
    register: (given) => {
      finder = given;
      return { dispose: () => void (finder = undefined) };
    },
    registerWays: test.registerWays,
    dispose: () => lifetime.dispose(),
  };
}
