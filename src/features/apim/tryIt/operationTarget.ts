// An operation of an API as something that can be called from a page: what it takes, whose key goes along, and where its answer leads.

import * as l10n from '@vscode/l10n';
import type { Exchange } from '../../../model/exchange';
import type { Service } from '../../../model/service';
import type { Afterwards, CallDraft, CallShape, CallTarget, PreparedCall, SavedTarget } from '../../tryIt';
import type { RunItem } from '../../scoring';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { waitText } from '../publish/publishWords';
import type { ArmPlace } from '../publish/reading';
import { noKey, storedKey, type KeyChoices } from './keyChoices';
import type { TraceSession, TraceTarget } from '../trace/traceSession';
import { operationItem, type CallParts } from './callItem';
import { readCall, shapeOf, type OperationPlace, type OperationRead } from './operationRead';
import type { RequestFile } from './requestFile';
import { hasAllRoles, jobIdIn, roleOf, type Role } from './roles';

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
  /** Ids of jobs that were submitted in this window, by what `apiKey` gives. */
  readonly jobIds: Map<string, string>;
  readonly open: (place: OperationPlace) => Promise<void>;
  /** Has calls of an API traced. */
  readonly traces: (target: TraceTarget) => TraceSession;
  /** Follows a job that was submitted. */
  readonly follow: (service: Service, id: string, started: boolean) => Promise<void>;
  /** Sets the API key of a service of the sidebar. */
  readonly setServiceKey: (service: Service) => Promise<void>;
  /** Adds the service that an API is to the sidebar. Throws InvalidInput, and Cancelled. */
  readonly addService: (instance: ApimInstance, added: AddedService) => Promise<Service>;
}

/** Tells an API from all others. */
export function apiKey({ instance, api }: Pick<OperationPlace, 'instance' | 'api'>): string {
  return `${instance.endpointUrl}${instance.id}/${api}`.toLowerCase();
}

/** The operation; `file` is the request that was in front when it was opened. */
export class OperationTarget implements CallTarget {
  readonly saved: SavedTarget;
  readonly traces: TraceSession;
  private last: OperationRead | undefined;
  private jobId: string | undefined;

  constructor(private readonly parts: OperationParts, readonly place: OperationPlace, private readonly file?: RequestFile) {
    const { instance, api, operation } = place;
    this.saved = { kind: 'operation', ids: [instance.id, api, operation] };
    this.traces = parts.traces({
      instance, api, operation, title: () => this.last?.api.title ?? api,
      keyNames: () => [this.last?.api.keyHeader, this.last?.api.keyQuery],
    });
  }

  get title(): string {
    return this.place.title;
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
    const isScoring = this.role === 'execute';
    const changes = shape.method !== 'GET' && shape.method !== 'HEAD' && !isScoring;
    await parts.confirm({
      place, title: shape.title, api: last.api.title, changes: shape.method !== 'GET' && shape.method !== 'HEAD',
      isScoringApi: hasAllRoles(last.siblings), file: file !== undefined && shape.body?.text === file.text ? file.name : undefined,
      address: call.url,
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
    this.jobId = id;
    parts.jobIds.set(apiKey(place), id);
    const offers = [
      ...(role === 'submit' ? this.offer('start', l10n.t('Start')) : []), ...this.offer('status', l10n.t('Status')),
      ...(role === 'submit' ? this.offer('delete', l10n.t('Delete')) : []),
      { id: 'follow', label: l10n.t('Follow as Batch Job') },
    ];
    const sentence = role === 'submit'
      ? l10n.t('Job {0} is submitted. It runs once it is started.', id) : l10n.t('Job {0} is started.', id);
    return { sentence, offers };
  }

  async take(offer: string): Promise<void> {
    const { last, parts, place, jobId } = this;
    if (!last || jobId === undefined) return;
    if (offer === 'follow') return parts.follow(last.service ?? (await this.addService(last)), jobId, this.role === 'start');
    const entry = last.siblings.find((each) => roleOf(each) === offer);
    if (entry) await parts.open({ ...place, operation: entry.name, title: entry.title });
  }

  async setKey(): Promise<void> {
    const { last, parts } = this;
    if (last) await parts.setServiceKey(last.service ?? (await this.addService(last)));
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

  private addService({ api, bases: [base = ''], operation: { template, parameters }, siblings }: OperationRead): Promise<Service> {
    const values = new Map(parameters.map(({ name, value }) => [name.toLowerCase(), value]));
    const execute = siblings.find((each) => roleOf(each) === 'execute')?.path ?? template;
    const path = (execute.split('?')[0] ?? '')
      .replace(/\{([^{}]{1,256})\}/g, (whole, name: string) => values.get(name.toLowerCase()) ?? whole);
    return this.parts.addService(this.place.instance, { title: api.title, address: `${base}${path}`, keyHeader: api.keyHeader });
  }
}

/** The subscription whose key was chosen. */
function subscriptionOf({ subscriptions }: KeyChoices, key: string): { readonly subscription?: Entry } {
  const subscription = key === noKey || key === storedKey ? undefined : subscriptions.get(key);
  return subscription === undefined ? {} : { subscription };
}
