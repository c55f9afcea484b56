// "Try It…": loaded by its first use, with what makes an operation of an API something that can be called.

import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { below } from '../../../arm/apimPaths';
import { AtomicFiles } from '../../../base/atomicFiles';
import { systemClock } from '../../../model/clock';
import { InvalidInput } from '../../../model/errors';
import type { Service } from '../../../model/service';
import type { ScoreTools, TextKind } from '../../../protocols/protocol';
import { endpointAt } from '../../../protocols/newService';
import { askToConfirm } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import type { Platform } from '../../../ui/platform';
import { plain } from '../../../ui/plain';
import { nameOf } from '../../../ui/requestFiles';
import { savedName } from '../../../ui/savedNames';
import { callSettings } from '../../../ui/settings';
import { confirmUntrusted } from '../../../ui/trust';
import type { JobsApi } from '../../jobs';
import { beginningOf, isJson, lookedAt, type ServicesApi } from '../../services';
import type { TryItApi } from '../../tryIt';
import { entriesAt } from '../access/reads';
import type { ApimInstance, ArmOf } from '../instance';
import type { Entry } from '../items';
import { instanceTitle, type ApimNode } from '../nodes';
import { PublishJournal } from '../publish/journal';
import type { CallParts, ConfirmCall } from '../tryIt/callItem';
import { ConfirmedApis } from '../tryIt/confirmed';
import type { OperationPlace } from '../tryIt/operationRead';
import { apiKey, OperationTarget, type AddedService, type OperationParts } from '../tryIt/operationTarget';
import { isPublishedHere } from '../tryIt/ours';
import { explainRefused } from '../tryIt/refused';
import { longestFile, type RequestFile } from '../tryIt/requestFile';
import { scoringFirst } from '../tryIt/roles';
import { SubmittedJobs } from '../tryIt/submittedJobs';
import { TraceSession } from '../trace/traceSession';
import { TraceTokens, type TraceClock } from '../trace/traceTokens';
import { confirm, during, entryMeant, instanceOf, pickEntry } from './accessTools';

/** What it needs from outside. */
export interface TryItWorkParts extends Pick<Platform, 'context' | 'reporter' | 'transport'> {
  readonly log: (line: string) => void;
  readonly services: Pick<ServicesApi, 'services' | 'keys'>;
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** One that is known by its ARM id; after a reload it waits for the sample, where that ran. */
  readonly findInstance: (id: string) => Promise<ApimInstance | undefined>;
  /** What is loaded later takes no copy of the protocols along. */
  readonly callOperation: CallParts['callOperation'];
  readonly audienceOf: CallParts['audienceOf'];
  readonly textKind: (text: string, whole: boolean) => TextKind;
  readonly open: TryItApi['open'];
  readonly follow: JobsApi['follow'];
}

/** The command, and what finds operations again after a reload. */
export class TryItWork {
  private readonly confirmed: ConfirmedApis;
  private readonly journal: PublishJournal;
  private readonly operations: OperationParts;
  /** What had refused the last call of each operation, by what tells the call. */
  private readonly refusedBy = new Map<string, ApimNode>();

  constructor(private readonly parts: TryItWorkParts) {
    const { context, reporter, services: { services, keys }, arms, transport, log, callOperation, audienceOf, follow } = parts;
    this.confirmed = new ConfirmedApis(context.workspaceState);
    this.journal = new PublishJournal(new AtomicFiles(join(context.globalStorageUri.fsPath, savedName.publishings)), context.secrets);
    const tools: Pick<ScoreTools, 'clock' | 'random' | 'log'> = { clock: systemClock, random: Math.random, log };
    const clock: TraceClock = { ...systemClock, monotonic: () => performance.now() };
    const traceParts = { arms, clock, tokens: new TraceTokens(clock), confirm, describe: (error: unknown) => reporter.describe(error) };
    this.operations = {
      arms, transport, callOperation, ...tools, patience: callSettings,
      jobIds: new SubmittedJobs(context.workspaceState), confirm: (call) => this.confirm(call),
      services: () => services.workspaces().flatMap((workspace) => workspace.services), secretsOf: (service) => keys.of(service),
      audienceOf,
      traces: (target) => new TraceSession(traceParts, target),
      open: (place, values) => parts.open(new OperationTarget(this.operations, place, undefined, values)),
      follow: (service, id, started) =>
        follow({ service, id, title: l10n.t('Job of {0}', service.name), started }, new AbortController().signal),
      explainRefusal: async (place, refused) => {
        const { problem, node } = await explainRefused(place, refused);
        if (node) this.refusedBy.set(refused.call, node);
        else this.refusedBy.delete(refused.call);
        return problem;
      },
      setServiceKey: async (service) => void (await vscode.commands.executeCommand(command.setServiceKey, service.address)),
      addService: (instance, added, key) => this.addService(instance, added, key),
    };
  }

  /** Opens the page of the operation that a command was called on, else of what the person picks. */
  async tryIt(argument: unknown): Promise<void> {
    // The page takes the place of the editor.
    const file = this.requestFile();
    const place = await this.placeOf(argument);
    await this.parts.open(new OperationTarget(this.operations, place, file));
  }

  /** The operation that a page had before a reload; undefined where its instance is not known any more. */
  async find([id = '', api = '', operation = '']: readonly string[]): Promise<OperationTarget | undefined> {
    const instance = await this.parts.findInstance(id);
    return instance && new OperationTarget(this.operations, { instance, api, operation, title: operation });
  }

  /** Leads to where it is changed that a call was refused. */
  async lead(id: string, call: string | undefined): Promise<void> {
    const node = call === undefined ? undefined : this.refusedBy.get(call);
    if (!node) {
      throw new InvalidInput({
        sentence: l10n.t('What had refused this call is not known any more.'),
        advice: l10n.t('Send it again with Try It: then it is known.'),
      });
    }
    await vscode.commands.executeCommand(id, node);
  }

  private async placeOf(argument: unknown): Promise<OperationPlace> {
    const instance = await instanceOf(this.parts, argument);
    const api = entryMeant(argument, 'api') ?? (await this.pickApi(instance));
    const operation = entryMeant(argument, 'operation') ?? (await this.pickOperation(instance, api));
    return { instance, api: api.name, operation: operation.name, title: operation.title };
  }

  private async pickApi(instance: ApimInstance): Promise<Entry> {
    const title = instanceTitle(instance);
    const apis = await during(this.parts, instance, l10n.t('Reading the APIs of {0}', title), (place) => entriesAt(place, 'api', '/apis'));
    return pickEntry(apis, {
      title: l10n.t('Try Which API?'), placeHolder: l10n.t('Choose an API'), none: l10n.t('{0} has no API yet.', title),
    });
  }

  private async pickOperation(instance: ApimInstance, api: Entry): Promise<Entry> {
    const operations = await during(this.parts, instance, l10n.t('Reading the operations of {0}', api.title), (place) =>
      entriesAt(place, 'operation', below('', '/apis', api.name, 'operations')));
    return pickEntry(scoringFirst(operations), {
      title: l10n.t('Try Which Operation?'), placeHolder: l10n.t('Choose an operation of {0}', api.title),
      none: l10n.t('"{0}" has no operation yet.', api.title),
    });
  }

  private requestFile(): RequestFile | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isJson(document)) return undefined;
    const beginning = beginningOf(document);
    const kind = this.parts.textKind(beginning, beginning.length < lookedAt);
    const text = document.getText();
    return { name: nameOf(document.uri), text: text.length > longestFile ? text.slice(0, longestFile + 1) : text, kind };
  }

  private async confirm({ place, title, api, changes, isOfScoring, file, address }: ConfirmCall): Promise<void> {
    const key = apiKey(place);
    if (changes && !isOfScoring && !this.confirmed.has(key) && !(await isPublishedHere(this.journal, place))) {
      await askToConfirm(
        plain(l10n.t('Send "{0}" to the API "{1}"?', title, api)),
        plain(l10n.t('It may change something there: the API was not published from here. This is asked once for each API.\n{0}', address)),
        plain(l10n.t('Send')),
      );
      await this.confirmed.add(key);
    }
    if (file === undefined) return;
    await confirmUntrusted(
      plain(l10n.t('Send "{0}" of a folder that you do not trust?', file)), plain(l10n.t('The text goes with your key to:\n{0}', address)),
      plain(l10n.t('Send')),
    );
  }

  private async addService(
    instance: ApimInstance, { title, address, keyHeader }: AddedService, key: string | undefined,
  ): Promise<Service> {
    const read = endpointAt(address);
    const advice = l10n.t('Add the service by its address with Add Service.');
    if (!read.ok) throw new InvalidInput({ sentence: read.reason, advice });
    const name = l10n.t('{0} at {1}', title, instanceTitle(instance));
    await askToConfirm(
      plain(l10n.t('Add "{0}" to the sidebar?', name)),
      plain(key === undefined
        ? l10n.t('Its key is kept for a service of the sidebar, and so is its batch job.\n{0}', address)
        : l10n.t('Its batch job is followed there. The subscription key of the call goes into the secret store for it.\n{0}', address)),
      plain(l10n.t('Add')),
    );
    const { services, keys } = this.parts.services;
    const service = await services.add({ name, endpoint: read.endpoint, subscriptionKeyHeader: keyHeader });
    if (key !== undefined) await keys.set('subscriptionKey', service, key);
    return service;
  }
}
