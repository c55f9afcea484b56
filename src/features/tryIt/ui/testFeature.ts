// "Test…" of services. Only ids are here: the page is loaded by the first test, or by what a reload has left.

import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { command, panel as panelId } from '../../../ui/ids';
import type { Platform } from '../../../ui/platform';
import type { DescriptionApi } from '../../description';
import type { HistoryApi } from '../../history';
import type { ScoringApi } from '../../scoring';
import type { ServicesApi } from '../../services';
import type { WaysOf } from '../test/ways';
import type { TestWork } from './testWork';

/** What other features add to tests. */
export interface TestApi {
  /** Says who knows the ways to a service. */
  readonly registerWays: (waysOf: WaysOf) => Disposable;
}

/** What tests are built on. */
export interface TestFeatureParts {
  readonly platform: Pick<Platform, 'context' | 'reporter' | 'commands' | 'panels' | 'opener'>;
  readonly services: Pick<ServicesApi, 'services' | 'keys' | 'health' | 'serviceOfFile' | 'sample' | 'uses'>;
  readonly scoring: Pick<ScoringApi, 'scorer' | 'panel' | 'past' | 'readRequest' | 'chosen'>;
  readonly history: Pick<HistoryApi, 'lastRequest'>;
  readonly description: DescriptionApi;
}

/** Adds them. */
export function contributeTest({ platform, services, scoring, history, description }: TestFeatureParts): TestApi & Disposable {
  const { context, reporter, commands, panels, opener } = platform;
  const lifetime = new DisposableStore();
  let waysOf: WaysOf | undefined;
  let loaded: TestWork | undefined;
  let loading: Promise<TestWork> | undefined;
  const ways: WaysOf = async (service) => (await waysOf?.(service)) ?? [];
  const work = (): Promise<TestWork> => (loading ??= import('./testWork').then((module) =>
    (loaded = lifetime.add(new module.TestWork({ context, reporter, opener, services, scoring, history, description, ways })))));
  lifetime.add(commands.register(command.testService, async (argument) => (await work()).test(argument)));
  lifetime.add(panels.register(panelId.test, async (restored, state) => (await work()).adopt(restored, state)));
  lifetime.add(services.uses.register({
    busy: (address) => loaded?.isSendingTo(address) ?? false,
    stop: (address) => void reporter.run(async () => (await work()).forget(address)),
    move: async (from, to) => (await work()).move(from, to),
  }));
  return {
    registerWays: (given) => {
      waysOf = given;
      return { dispose: () => void (waysOf === given && (waysOf = undefined)) };
    },
    dispose: () => lifetime.dispose(),
  };
}
