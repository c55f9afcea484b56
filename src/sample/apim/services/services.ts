// The instances of the sample's subscription: each with what it holds and a gateway of its own; made, deleted and had back.

import { randomBytes } from 'node:crypto';
import type { Instance } from '../armCall';
import { fillStore } from '../builtIn';
import { startGateway, type RunningGateway } from '../gateway';
import { MemoryStore, type StoreState } from '../memoryStore';
import { builtInRecord, firstVersion } from './builtInService';
import { Groups } from './groups';
import type { AskedService } from './readService';
import type { ServicesState } from './savedServices';
import { serviceId, type DeletedRecord, type ServiceOperation, type ServiceRecord } from './service';

/** So long an instance that was deleted can be had back, in milliseconds. */
export const deletedKeptMs = 48 * 60 * 60 * 1000;

/** A creation takes so long where nothing is said, and at most, in milliseconds. */
export const usualCreationMs = 20_000;
const longestMs = 3_600_000;

/** A deletion takes this part of a creation. */
const deletionPart = 0.25;

/** What the instances need. */
export interface ServicesOptions {
  /** What the instance that is there from the beginning holds, and its gateway, which runs already. */
  readonly builtIn: { readonly store: MemoryStore; readonly gateway: RunningGateway };
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long a creation takes, in milliseconds. */
  readonly creationMs: number;
  /** What was kept. */
  readonly former?: ServicesState;
  /** Told of each change of what is to be kept. */
  readonly changed: (what: 'resource' | 'call') => void;
  /** Told why a gateway is not there, and what gateways have to say. */
  readonly tell: (line: string) => void;
}

/** An instance that is there. */
export interface Service {
  readonly record: ServiceRecord;
  readonly instance: Instance;
  readonly builtIn: boolean;
  /** Undefined while its gateway is not there. */
  readonly gatewayUrl: string | undefined;
}

/** One that can change. */
interface Held {
  record: ServiceRecord;
  readonly store: MemoryStore;
  readonly builtIn: boolean;
  gateway: RunningGateway | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** The instances. `begin` opens their gateways. */
export class Services {
  /** By names in small letters, as the other maps are. */
  private readonly held = new Map<string, Held>();
  private readonly deleted = new Map<string, DeletedRecord & { readonly store: StoreState }>();
  private readonly opening = new Set<Promise<void>>();
  private version = firstVersion;
  private stopped = false;
  readonly groups: Groups;
  /** The subscription is registered for API Management. */
  registered = true;
  /** How long the next creation takes, in milliseconds. */
  creationMs: number;

  constructor(private readonly options: ServicesOptions) {
    const { builtIn: { store, gateway }, former, creationMs } = options;
    this.creationMs = creationMs;
    this.groups = new Groups(former?.groups ?? [], () => options.changed('resource'));
    const record = { ...builtInRecord(store, options.now), ...former?.builtIn, gatewayPort: gateway.port };
    this.held.set(key(record.name), { record, store, builtIn: true, gateway, timer: undefined });
    if (!former) return;
    this.registered = former.registered;
    for (const { record: own, store: state } of former.services) this.held.set(key(own.name), this.newHeld(own, state));
    for (const each of former.deleted) this.deleted.set(key(each.record.name), each);
    const all = [...this.held.values(), ...this.deleted.values()];
    this.version = Math.max(...all.map((each) => each.record.version));
  }

  /** Opens the gateways of those that are active, and goes on with what was under way. */
  async begin(): Promise<void> {
    const all = [...this.held.values()];
    for (const each of all) this.schedule(each);
    await Promise.all(all.filter(({ record, gateway }) => record.state === 'Succeeded' && !gateway).map((each) => this.open(each)));
  }

  now(): number {
    return this.options.now();
  }

  /** All of them, or those of a group. */
  list(group?: string): readonly Service[] {
    const all = [...this.held.values()].map((each) => this.shown(each));
    return group === undefined ? all : all.filter(({ record }) => key(record.group) === key(group));
  }

  find(name: string): Service | undefined {
    const found = this.held.get(key(name));
    return found && this.shown(found);
  }

  /** Those that were deleted and can be had back still. */
  deletedOnes(): readonly DeletedRecord[] {
    const past = [...this.deleted].filter(([, { purgeAt }]) => purgeAt <= this.options.now());
    for (const [name] of past) this.deleted.delete(name);
    return [...this.deleted.values()];
  }

  findDeleted(name: string): DeletedRecord | undefined {
    return this.deletedOnes().find(({ record }) => key(record.name) === key(name));
  }

  /** Forgets one that was deleted. */
  purge(name: string): void {
    this.deleted.delete(key(name));
    this.options.changed('resource');
  }

  /** Begins to make one, or to bring back what was deleted under this name or could not be activated, with what it held. */
  create(place: Pick<ServiceRecord, 'name' | 'group' | 'location'>, asked: AskedService, fails: boolean): Service {
    const failed = this.held.get(key(place.name));
    const former = failed ? { record: failed.record, store: failed.store.state() } : this.deleted.get(key(place.name));
    this.deleted.delete(key(place.name));
    const { now } = this.options;
    const record: ServiceRecord = {
      ...place,
      ...asked,
      createdAt: former?.record.createdAt ?? new Date(now()).toISOString(),
      state: 'Activating',
      operation: this.newOperation('Act', this.creationMs, fails),
      version: ++this.version,
      gatewayPort: former?.record.gatewayPort,
    };
    const made = this.newHeld(record, former?.store);
    if (!former) fillStore(this.instanceOf(made));
    this.held.set(key(record.name), made);
    this.schedule(made);
    this.options.changed('resource');
    return this.shown(made);
  }

  /** Changes what is known of one. One that equals what is there changes nothing, the ETag neither. */
  update(name: string, asked: AskedService): Service | undefined {
    const found = this.held.get(key(name));
    if (!found) return undefined;
    const next = { ...found.record, ...asked };
    if (JSON.stringify(next) !== JSON.stringify(found.record)) this.set(found, next);
    return this.shown(found);
  }

  /** Begins to delete one: its gateway is closed at once. */
  remove(name: string): Service | undefined {
    const found = this.held.get(key(name));
    if (!found) return undefined;
    void found.gateway?.stop();
    found.gateway = undefined;
    const operation = this.newOperation('Term', this.creationMs * deletionPart, false);
    this.set(found, { ...found.record, state: 'Deleting', operation });
    this.schedule(found);
    return this.shown(found);
  }

  /** Ends an activation badly at once, where one is under way. */
  fail(name: string): void {
    const found = this.held.get(key(name));
    if (found?.record.state !== 'Activating') return;
    clearTimeout(found.timer);
    this.set(found, { ...found.record, state: 'Failed' });
  }

  /** Ends at once what is under way, as its time would. */
  finish(): void {
    for (const each of [...this.held.values()]) {
      clearTimeout(each.timer);
      this.end(each);
    }
  }

  register(registered: boolean): void {
    this.registered = registered;
    this.options.changed('resource');
  }

  /** What is to be kept. */
  state(): ServicesState {
    const all = [...this.held.values()];
    const [builtIn] = all.filter((each) => each.builtIn).map(({ record }) => record);
    return {
      registered: this.registered,
      groups: this.groups.all(),
      ...(builtIn ? { builtIn } : {}),
      services: all.filter((each) => !each.builtIn).map(({ record, store }) => ({ record, store: store.state() })),
      deleted: [...this.deleted.values()],
    };
  }

  /** Closes the gateways, but for the one that was handed in. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const each of this.held.values()) clearTimeout(each.timer);
    await Promise.all(this.opening);
    const own = [...this.held.values()].filter(({ builtIn }) => !builtIn);
    await Promise.all(own.flatMap(({ gateway }) => (gateway ? [gateway.stop()] : [])));
  }

  private newHeld(record: ServiceRecord, state: StoreState | undefined): Held {
    const store = new MemoryStore(this.options.changed);
    if (state) store.restore(state);
    return { record, store, builtIn: false, gateway: undefined, timer: undefined };
  }

  private newOperation(kind: ServiceOperation['kind'], ms: number, fails: boolean): ServiceOperation {
    return { kind, id: randomBytes(4).toString('hex'), dueAt: this.options.now() + Math.min(ms, longestMs), fails };
  }

  private schedule(held: Held): void {
    if (held.record.state !== 'Activating' && held.record.state !== 'Deleting') return;
    const leftMs = (held.record.operation?.dueAt ?? 0) - this.options.now();
    clearTimeout(held.timer);
    held.timer = setTimeout(() => this.end(held), Math.min(Math.max(leftMs, 0), longestMs)).unref();
  }

  /** The time of what is under way is over. */
  private end(held: Held): void {
    const { state, operation, name } = held.record;
    if (state === 'Activating' && operation?.fails === true) this.set(held, { ...held.record, state: 'Failed' });
    else if (state === 'Activating') void this.open(held);
    else if (state === 'Deleting') {
      this.held.delete(key(name));
      const deletedAt = this.options.now();
      this.deleted.set(key(name), { record: held.record, deletedAt, purgeAt: deletedAt + deletedKeptMs, store: held.store.state() });
      this.options.changed('resource');
    }
  }

  /** Opens a gateway, where it was before if that can be had; the instance is active then. Never rejects. */
  private open(held: Held): Promise<void> {
    const opened = this.openGateway(held).catch((error: unknown) => {
      this.options.tell(`The gateway of the instance ${held.record.name} cannot be opened: ${String(error)}`);
      this.set(held, { ...held.record, state: 'Failed' });
    }).finally(() => this.opening.delete(opened));
    this.opening.add(opened);
    return opened;
  }

  private async openGateway(held: Held): Promise<void> {
    const { now, tell } = this.options;
    const begin = (port: number): Promise<RunningGateway> => startGateway({ port, store: held.store, now, log: tell });
    const last = held.record.gatewayPort;
    const gateway = last === undefined ? await begin(0) : await begin(last).catch(() => begin(0));
    if (this.stopped) {
      await gateway.stop();
      return;
    }
    held.gateway = gateway;
    if (held.record.state === 'Activating' || gateway.port !== last)
      this.set(held, { ...held.record, state: 'Succeeded', gatewayPort: gateway.port });
  }

  private set(held: Held, record: ServiceRecord): void {
    held.record = { ...record, version: ++this.version };
    this.options.changed('resource');
  }

  private shown(held: Held): Service {
    const { record, builtIn, gateway } = held;
    return { record, builtIn, instance: this.instanceOf(held), gatewayUrl: gateway?.url };
  }

  private instanceOf({ record, store, gateway }: Held): Instance {
    const own = gateway ? { limits: gateway.limits, traces: gateway.traces } : {};
    return { id: serviceId(record), store, sku: record.sku.name, now: this.options.now, ...own };
  }
}

function key(name: string): string {
  return name.toLowerCase();
}
