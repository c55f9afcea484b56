// Calls that a person makes by hand on a page. Only ids are here: the page is loaded by the first call, or by what a reload has left.

import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { panel as panelId } from '../../../ui/ids';
import type { Platform } from '../../../ui/platform';
import type { DescriptionApi } from '../../description';
import type { HistoryApi } from '../../history';
import type { ScoringApi } from '../../scoring';
import type { ServicesApi } from '../../services';
import type { SavedTarget, TargetKind } from '../shape';
import type { CallTarget } from '../target';
import { contributeTest, type TestApi } from './testFeature';
import type { TryItPanels } from './tryItPanels';

/** What other features need of it. */
export interface TryItApi extends TestApi {
  /** Shows the page of something that can be called. */
  readonly open: (target: CallTarget) => Promise<void>;
  /** Says who finds targets of a kind again after a reload; undefined is for those that are gone. */
  readonly register: (kind: TargetKind, find: (ids: readonly string[]) => Promise<CallTarget | undefined>) => Disposable;
}

/** Adds the pages. */
export function contributeTryIt(
  platform: Pick<Platform, 'context' | 'reporter' | 'panels' | 'commands' | 'opener'>,
  services: ServicesApi, scoring: ScoringApi, history: Pick<HistoryApi, 'lastRequest'>, description: DescriptionApi,
): TryItApi & Disposable {
  const { context, reporter, panels } = platform;
  const lifetime = new DisposableStore();
  const finders = new Map<TargetKind, (ids: readonly string[]) => Promise<CallTarget | undefined>>();
  const find = async ({ kind, ids }: SavedTarget): Promise<CallTarget | undefined> => finders.get(kind)?.(ids);
  let loading: Promise<TryItPanels> | undefined;
  const pages = (): Promise<TryItPanels> => (loading ??= import('./tryItPanels').then((loaded) =>
    lifetime.add(new loaded.TryItPanels({ context, reporter, scoring, find }))));
  lifetime.add(panels.register(panelId.tryIt, async (restored, state) => (await pages()).of('operation').adopt(restored, state)));
  const test = lifetime.add(contributeTest({ platform, services, scoring, history, description }));
  return {
    open: async (target) => (await pages()).of(target.saved.kind).show(target),
    register: (kind, finder) => {
      finders.set(kind, finder);
      return { dispose: () => void (finders.get(kind) === finder && finders.delete(kind)) };
    },
    registerWays: test.registerWays,
    dispose: () => lifetime.dispose(),
  };
}
