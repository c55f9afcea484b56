// "Test…": loaded by its first use, with the panel of the test.

import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Exchange } from '../../../model/exchange';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { ServiceDescription } from '../../../protocols/description';
import { protocolOf } from '../../../protocols/registry';
import { plain } from '../../../ui/plain';
import type { Platform } from '../../../ui/platform';
import { nameOf, textOf } from '../../../ui/requestFiles';
import { memoryKey } from '../../../ui/savedNames';
import { editorDialogs } from '../../../ui/tables/tableDialogs';
import { confirmUntrusted } from '../../../ui/trust';
import type { DescriptionApi } from '../../description';
import type { HistoryApi } from '../../history';
import { healthAfter, rememberedService, type ScoringApi } from '../../scoring';
import { pickService, sampleChoice, sampleRan, serviceFrom, type ServicesApi } from '../../services';
import { KeptValues } from '../test/keptValues';
import { KeptWays } from '../test/keptWays';
import { TestSession, type TestSessionParts } from '../test/testSession';
import { startOf, type WantedStart } from '../test/testStart';
import type { WaysOf } from '../test/ways';
import { openTestRequest } from './openTestRequest';
import { TestPanel } from './testPanel';

/** What it needs from outside. */
export interface TestWorkParts extends Pick<Platform, 'context' | 'reporter' | 'opener'> {
  readonly services: Pick<ServicesApi, 'services' | 'keys' | 'health' | 'serviceOfFile' | 'sample'>;
  readonly scoring: Pick<ScoringApi, 'scorer' | 'panel' | 'past' | 'readRequest' | 'chosen'>;
  readonly history: Pick<HistoryApi, 'lastRequest'>;
  readonly description: DescriptionApi;
  readonly ways: WaysOf;
}

/** The command and its panel. */
export class TestWork implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly panel: TestPanel;
  private readonly kept: KeptValues;
  private readonly keptWays: KeptWays;
  /** Addresses that the sample has, or had before it was stopped. */
  private readonly samples = new Set<string>();

  constructor(private readonly parts: TestWorkParts) {
    const { context, reporter, opener, services: { services }, scoring: { panel, past } } = parts;
    this.kept = new KeptValues(context.workspaceState, context.secrets);
    this.keptWays = new KeptWays(context.workspaceState);
    const sessionParts = this.sessionParts();
    /** Exchanges that the history does not keep have keys of their own. */
    const keys = new WeakMap<Exchange, string>();
    const keyOf = (exchange: Exchange): string => {
      const key = past.keyOf(exchange) ?? keys.get(exchange) ?? randomUUID();
      keys.set(exchange, key);
      return key;
    };
    this.panel = this.lifetime.add(new TestPanel({
      extensionUri: context.extensionUri, reporter, opener, dialogs: editorDialogs, keyOf,
      session: (service) => new TestSession(sessionParts, service),
      find: (choice) => this.find(choice),
      openAnswer: (exchange, key) => panel.showPast(exchange, key),
      openFile: (service, request) => openTestRequest(
        { serviceOfFile: parts.services.serviceOfFile, chosen: parts.scoring.chosen, choiceOf: (each) => this.choiceOf(each) },
        service, request),
    }));
    this.lifetime.add(services.onDidChange(() => this.panel.refreshNames()));
  }

  /** Opens the test of the service that a command was called for, of an open request, or of one that the person picks. */
  async test(argument: unknown): Promise<void> {
    const { services: { services, serviceOfFile, sample }, scoring } = this.parts;
    const startSample = sample.start;
    const pick = (): Promise<Service> => pickService(services, { title: plain(l10n.t('Test Which Service?')), startSample });
    if (argument instanceof vscode.Uri) {
      const given = { name: nameOf(argument), text: await textOf(argument) };
      // What is no request is told before anybody is asked where it goes.
      scoring.readRequest(given.text);
      const remembered = await rememberedService({ services, serviceOfFile, startSample }, argument);
      return this.panel.show(remembered ?? (await pick()), given);
    }
    await this.panel.show(serviceFrom(services, argument) ?? (await pick()));
  }

  /** Takes over a panel that a reload has left. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel.adopt(panel, state);
  }

  /** True while something is being sent to this address. */
  isSendingTo(address: string): boolean {
    return this.panel.isSendingTo(address);
  }

  /** Ends the test of a service, and forgets what was filled in for it. */
  async forget(address: string): Promise<void> {
    this.panel.forget(address);
    await this.kept.forget(address);
    await this.kept.forgetParameters(address);
    await this.keptWays.set(address, undefined);
  }

  /** The service has another address: what was filled in goes along, but for what is secret. */
  async move(from: string, to: string): Promise<void> {
    this.panel.forget(from);
    await this.kept.move(from, to);
    await this.kept.forgetParameters(from);
    await this.keptWays.move(from, to);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private choiceOf(service: Service): string {
    const { services } = this.parts.services;
    const { address } = service;
    if (services.isSample(service)) this.samples.add(address);
    else if (services.find(address)) this.samples.delete(address);
    // The sample has another address each time: nothing is kept under one that it had.
    return this.samples.has(address) ? sampleChoice : address;
  }

  private async find(choice: string): Promise<Service | undefined> {
    const { context, services: { services, sample } } = this.parts;
    if (choice !== sampleChoice) return services.find(choice);
    // One that ran is started again with the window.
    return sampleRan(context) ? sample.start() : services.workspaces().find((workspace) => workspace.sample)?.services[0];
  }

  private sessionParts(): TestSessionParts {
    const { parts, kept, keptWays } = this;
    const { services: { services, keys, health }, scoring: { scorer, readRequest }, reporter } = parts;
    return {
      start: async (service, wanted, signal) => this.start(service, wanted, signal),
      ways: parts.ways,
      keptWay: (service) => keptWays.get(this.choiceOf(service)),
      keepWay: (service, way) => keptWays.set(this.choiceOf(service), way),
      confirm: async ({ name, address }) => confirmUntrusted(
        plain(l10n.t('Send a test from a folder that you do not trust?')),
        plain(l10n.t('The text goes with your key to {0} ({1}).', name, address)), plain(l10n.t('Send'))),
      readRequest,
      score: (call, signal, onProgress) => scorer.score(call, signal, onProgress),
      begin: (address) => health.begin(address),
      healthAfter,
      remember: async (service, request) => {
        const { serviceKey, subscriptionKey } = await keys.of(service);
        await kept.set(this.choiceOf(service), request, [serviceKey, subscriptionKey]);
        await kept.mergeParameters(this.choiceOf(service), request);
      },
      describe: (error) => reporter.describe(error),
      about: (service) => {
        const workspace = services.workspaces().find((each) => each.services.some(({ address }) => address === service.address));
        return {
          workspace: workspace?.name ?? '', choice: this.choiceOf(service), sample: services.isSample(service),
          name: services.find(service.address)?.name ?? service.name,
        };
      },
    };
  }

  private async start(service: Service, wanted: WantedStart, signal: AbortSignal): ReturnType<typeof startOf> {
    const { kept, parts: { context, description: { descriptions }, history } } = this;
    const { values, describing } = protocolOf(service);
    const state = wanted.kind === 'anew'
      ? await descriptions.refresh(service, signal)
      : (await descriptions.known(service)) ?? (await descriptions.get(service, signal));
    const described: { readonly description: ServiceDescription | undefined; readonly undescribed?: string } = state?.kind === 'known'
      ? { description: state.description }
      : { description: undefined, ...(state ? { undescribed: state.problem.sentence } : {}) };
    const before = context.globalState.get(memoryKey.requestForm);
    const shape = describing?.forms().find(({ id }) => id === before) ?? describing?.forms()[0];
    const last = state?.kind === 'known' ? undefined : await history.lastRequest(service.address);
    const remembered = kept.get(this.choiceOf(service));
    return startOf({
      service, wanted, valuing: await values?.(), describing, ...described, shape: shape?.id,
      parameters: await kept.parameters(this.choiceOf(service)),
      ...(remembered === undefined ? {} : { kept: remembered }), ...(last === undefined ? {} : { last }),
    });
  }
}
