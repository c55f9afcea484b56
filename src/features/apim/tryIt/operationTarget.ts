// An operation of an API as something that can be called from a page: what it takes, whose key goes along, and where its answer leads.

import * as l10n from '@vscode/l10n';
import { InvalidInput } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import type { Service } from '../../../model/service';
import { withoutSecretQuery } from '../../../redaction';
import type { Afterwards, CallDraft, CallShape, CallTarget, PreparedCall, SavedTarget, SetForCall } from '../../tryIt';
import type { RunItem } from '../../scoring';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { waitText } from '../publish/publishWords';
import type { ArmPlace } from '../publish/reading';
import { noKey, storedKey, type KeyChoices } from './keyChoices';
import type { TraceSession, TraceTarget } from '../trace/traceSession';
import { filledPath, serviceAt } from './calledService';
import { operationItem, type CallParts } from './callItem';
import { keyOf, requireOwnAddress } from './callKeys';
import { readCall, shapeOf, type OperationPlace, type OperationRead } from './operationRead';
import type { RequestFile } from './requestFile';
import { hasAllRoles, jobIdIn, roleOf, type Role } from './roles';
import type { SubmittedJobs } from './submittedJobs';

/** The service that an API is: what people call it, and where it is scored. */
export interface AddedService {
  readonly title: string;
  readonly address: string;
  readonly keyHeader: string;
}

/** What it needs from outside. */
export interface OperationParts extends CallParts {
  /** The services of the sidebar. */
  readonly services: () => readonly Service[];
  /** Ids of the jobs that were submitted last, by what `apiKey` gives. */
  readonly jobIds: Pick<SubmittedJobs, 'get' | 'set'>;
  /** Opens the page of another operation; `values` are set there, by the names of parameters in lower case. */
  readonly open: (place: OperationPlace, values: ReadonlyMap<string, string>) => Promise<void>;
  /** Has calls of an API traced. */
  readonly traces: (target: TraceTarget) => TraceSession;
  /** Follows a job that was submitted. */
  readonly follow: (service: Service, id: string, started: boolean) => Promise<void>;
  /** Sets the API key of a service of the sidebar. */
  readonly setServiceKey: (service: Service) => Promise<void>;
  /** Adds the service that an API is to the sidebar, with its key, where there is one. Throws InvalidInput, and Cancelled. */
  readonly addService: (instance: ApimInstance, added: AddedService, key: string | undefined) => Promise<Service>;
}

/** Tells an API from all others. */
export function apiKey({ instance, api }: Pick<OperationPlace, 'instance' | 'api'>): string {
  return `${instance.endpointUrl}${instance.id}/${api}`.toLowerCase();
}

/** Where a call went, and whose key went along. */
type SentTo = Pick<CallDraft, 'base' | 'values' | 'key'>;

/** The operation; `file` is the request that was in front when it was opened, and `values` are those that an offer has set. */
export class OperationTarget implements CallTarget {
  readonly saved: SavedTarget;
  readonly set: SetForCall;
  traces: TraceSession;
  private last: OperationRead | undefined;
  private jobId: string | undefined;
  /** What the job was submitted or started with. */
  private sent: SentTo = { base: '', values: [], key: noKey };

  constructor(
    private readonly parts: OperationParts, readonly place: OperationPlace, private file?: RequestFile,
    values: ReadonlyMap<string, string> = new Map(),
  ) {
    this.set = { values, ...(file === undefined ? {} : { body: file.text }) };
    const { instance, api, operation } = place;
    this.saved = { ids: [instance.id, api, operation] };
    this.traces = parts.traces({
      instance, api, operation, title: () => this.last?.api.title ?? api,
      keyNames: () => [this.last?.api.keyHeader, this.last?.api.keyQuery],
    });
  }

  get title(): string {
    return this.place.title;
  }

  succeed(before: CallTarget): boolean {
    const isHere = before instanceof OperationTarget && apiKey(before.place) === apiKey(this.place);
    if (before instanceof OperationTarget) this.file ??= before.file;
    if (isHere) [this.traces, before.traces] = [before.traces, this.traces];
    before.dispose?.();
    return isHere;
  }

  dispose(): void {
    this.traces.dispose();
  }

  async read(signal: AbortSignal, onWait: (sentence: string | undefined) => void): Promise<CallShape> {
    const { parts, place: { instance } } = this;
    const arm = await parts.arms(instance);
    const at: ArmPlace = { arm, instance, options: { signal, onWait: (wait) => onWait(waitText(wait)) } };
    this.last = await readCall(at, this.place, parts);
    return shapeOf(this.place, this.last, { file: this.file, jobId: parts.jobIds.get(apiKey(this.place)) });
  }

  async prepare(shape: CallShape, draft: CallDraft, call: PreparedCall): Promise<RunItem> {
    const { last, place, parts, file } = this;
    if (!last) throw new Error('Nothing was read of this operation.');
    const { role } = this;
    requireOwnAddress(parts, { draft, service: last.service }, call.url);
    // A template may end alike by chance.
    const isOfScoring = (role !== undefined && hasAllRoles(last.siblings)) || serviceAt(parts, call.url) !== undefined;
    const isScoring = isOfScoring && role === 'execute';
    const changes = shape.method !== 'GET' && shape.method !== 'HEAD' && !isScoring;
    await parts.confirm({
      place, title: shape.title, api: last.api.title, changes: shape.method !== 'GET' && shape.method !== 'HEAD',
      isOfScoring, file: file !== undefined && shape.body?.text === file.text ? file.name : undefined,
      address: withoutSecretQuery(call.url, [last.api.keyQuery]).text,
    });
    return operationItem(parts, {
      place, read: last, call, draft, changes, isScoring, traces: this.traces, again: () => this.prepare(shape, draft, call),
      ...subscriptionOf(last.keys, draft.key),
    });
  }

  after(exchange: Exchange, draft: CallDraft): Afterwards | undefined {
    const { role, parts, place } = this;
    const status = exchange.answer?.status ?? 0;
    if (role === undefined || status < 200 || status > 299) return undefined;
    const id = role === 'submit' ? jobIdIn(exchange.answer) : this.givenJobId(draft);
    if (id === undefined || role === 'execute' || role === 'status' || role === 'delete') return undefined;
    [this.jobId, this.sent] = [id, draft];
    // It is known in this window also where it cannot be kept.
    void parts.jobIds.set(apiKey(place), id).catch(() => undefined);
    const offers = [
      ...(role === 'submit' ? this.offer('start', l10n.t('BES Start…')) : []), ...this.offer('status', l10n.t('BES Status…')),
      ...(role === 'submit' ? this.offer('delete', l10n.t('BES Delete…')) : []),
      { id: 'follow', label: l10n.t('Follow as Batch Job') },
    ];
    const sentence = role === 'submit'
      ? l10n.t('Job {0} is submitted. It runs once it is started.', id) : l10n.t('Job {0} is started.', id);
    return { sentence, offers };
  }

  async take(offer: string): Promise<void> {
    const { last, parts, place, jobId } = this;
    if (!last || jobId === undefined) return;
    if (offer === 'follow') return parts.follow(await this.serviceOf(last, this.sent), jobId, this.role === 'start');
    const entry = last.siblings.find((each) => roleOf(each) === offer);
    if (entry) await parts.open({ ...place, operation: entry.name, title: entry.title }, this.sentValues(jobId));
  }

  /** What stood in the path of the call that was answered, and the job: the next operation is called for the same. */
  private sentValues(jobId: string): ReadonlyMap<string, string> {
    const parameters = this.last?.operation.parameters ?? [];
    const inPath = parameters.flatMap(({ name, place }, index): [string, string][] => {
      const value = this.sent.values[index] ?? '';
      return place === 'path' && value !== '' ? [[name.toLowerCase(), value]] : [];
    });
    return new Map([...inPath, ['jobid', jobId]]);
  }

  async setKey(): Promise<void> {
    const { last, parts } = this;
    if (!last) return;
    const { bases: [base = ''], operation: { parameters } } = last;
    const first = { base, values: parameters.map(({ value }) => value), key: noKey };
    await parts.setServiceKey(last.service ?? (await this.serviceOf(last, first)));
  }

  private get role(): Role | undefined {
    const { operation } = this.last ?? {};
    return operation && roleOf({ method: operation.method, path: operation.template });
  }

  private offer(role: Role, label: string): readonly { readonly id: string; readonly label: string }[] {
    return this.last?.siblings.some((each) => roleOf(each) === role) === true ? [{ id: role, label }] : [];
  }

  private givenJobId({ values }: CallDraft): string | undefined {
    const index = this.last?.operation.parameters.findIndex(({ name }) => name.toLowerCase() === 'jobid') ?? -1;
    const id = values[index];
    return id === '' ? undefined : id;
  }

  /** The service that was called: that of the sidebar, else it is added with the key that the call was made with. */
  private async serviceOf({ api, operation: { template, parameters }, siblings, keys }: OperationRead, sent: SentTo): Promise<Service> {
    const { parts, place: { instance } } = this;
    const path = filledPath(siblings.find((each) => roleOf(each) === 'execute')?.path ?? template, parameters, sent.values);
    if (path === undefined) {
      throw new InvalidInput({
        sentence: l10n.t('The address of the service behind "{0}" cannot be told from what the page holds.', api.title),
        advice: l10n.t('Add the service by its address with Add Service.'),
      });
    }
    const address = `${sent.base}${path}`;
    const known = serviceAt(parts, address);
    if (known) return known;
    const { subscription } = subscriptionOf(keys, sent.key);
    const at = { arm: await parts.arms(instance), instance, options: { signal: new AbortController().signal } };
    const key = subscription && (await keyOf(at, subscription));
    return parts.addService(instance, { title: api.title, address, keyHeader: api.keyHeader }, key);
  }
}

/** The subscription whose key was chosen, and its name. */
function subscriptionOf(
  { subscriptions, names }: KeyChoices, key: string,
): { readonly subscription?: Entry; readonly keyName?: string } {
  const subscription = key === noKey || key === storedKey ? undefined : subscriptions.get(key);
  const keyName = names.get(key);
  return subscription === undefined ? {} : { subscription, ...(keyName === undefined ? {} : { keyName }) };
}
