// An instance behind ARM in memory: keeps ETags, writes policies its own way, and can fail or die around each write.

import type { Arm, ArmAnswer, ArmJson, ArmOptions, ArmWriteOptions } from '../../../../src/model/arm';
import { ArmFailed, Cancelled } from '../../../../src/model/errors';
import type { ArmReason } from '../../../../src/model/armReason';
import { isObject, member, type JsonObject } from '../../../../src/base/shape';

/** Id of the instance. */
export const instanceId = '/subscriptions/s1/resourceGroups/group/providers/Microsoft.ApiManagement/service/contoso';

interface Stored {
  readonly path: string;
  readonly properties: JsonObject;
  readonly etag: string;
}

/** What happens around a write; may throw. */
export type Around = (write: { readonly verb: string; readonly path: string; readonly when: 'before' | 'after' }) => void | Promise<void>;

/** A failure as the client throws it. */
export function armFailure(reason: ArmReason, status?: number, code?: string): ArmFailed {
  return new ArmFailed({ sentence: `It says ${reason}.` }, reason, status, code);
}

/** The instance. */
export class FakeArm implements Arm {
  readonly endpoint = { url: 'https://arm.example', credential: () => Promise.reject(new Cancelled()) };
  private readonly stored = new Map<string, Stored>();
  private counter = 0;
  /** Reads and writes in their order: `PUT /apis/x`. */
  readonly calls: string[] = [];
  around: Around = () => undefined;
  /** Resumed states of long operations. */
  readonly resumed: string[] = [];

  /** Sets what is there, as somebody else does. */
  set(path: string, properties: JsonObject): void {
    this.counter += 1;
    const before = this.stored.get(path.toLowerCase());
    this.stored.set(path.toLowerCase(), { path: before?.path ?? path, properties, etag: `"e${this.counter}"` });
  }

  take(path: string): void {
    const low = path.toLowerCase();
    for (const key of [...this.stored.keys()]) if (key === low || key.startsWith(`${low}/`)) this.stored.delete(key);
  }

  there(path: string): JsonObject | undefined {
    return this.stored.get(path.toLowerCase())?.properties;
  }

  /** All of it, without ETags, by path. */
  all(): Readonly<Record<string, JsonObject>> {
    return Object.fromEntries([...this.stored.values()].map(({ path, properties }) => [path, properties]));
  }

  async get(path: string, options: ArmOptions): Promise<ArmAnswer> {
    const found = await this.find(path, options);
    if (!found) throw armFailure('notFound', 404);
    return found;
  }

  async find(path: string, { signal, query }: ArmOptions): Promise<ArmAnswer | undefined> {
    await Promise.resolve();
    if (signal.aborted) throw new Cancelled();
    const own = below(path);
    this.calls.push(`GET ${own}`);
    if (own.includes('/policies/') && query?.['format'] !== 'rawxml') throw new Error('Policies are read as rawxml.');
    const found = this.stored.get(own.toLowerCase());
    return found && { status: 200, body: { id: path, name: last(own), properties: shown(own, found.properties) }, etag: found.etag };
  }

  async *pages(path: string, { signal }: ArmOptions): AsyncGenerator<readonly ArmJson[]> {
    await Promise.resolve();
    if (signal.aborted) throw new Cancelled();
    const own = below(path);
    this.calls.push(`LIST ${own}`);
    const above = own.slice(0, own.lastIndexOf('/'));
    if (above !== '' && !this.stored.has(above.toLowerCase())) throw armFailure('notFound', 404, 'ResourceNotFound');
    const match = /^\/apis\/([^/]+)\/products$/.exec(own);
    if (match) {
      const products = [...this.stored.keys()].filter((key) => key.startsWith('/products/') && key.endsWith(`/apis/${match[1] ?? ''}`));
      yield products.map((key) => key.split('/')[2] ?? '').map((name) => ({ name, properties: this.there(`/products/${name}`) }));
      return;
    }
    const children = [...this.stored.values()].filter((each) =>
      each.path.toLowerCase().startsWith(`${own.toLowerCase()}/`) && !each.path.slice(own.length + 1).includes('/'));
    for (const each of children) yield [{ id: `${instanceId}${each.path}`, name: last(each.path), properties: shown(each.path, each.properties) }];
    yield [];
  }

  async put(path: string, body: ArmJson | undefined, options: ArmWriteOptions): Promise<ArmAnswer> {
    const own = await this.begin('PUT', path);
    const before = this.stored.get(own.toLowerCase());
    this.check(before, options.ifMatch);
    const parent = own.split('/').slice(0, 3).join('/');
    if (own !== parent && !this.stored.has(parent.toLowerCase())) throw armFailure('notFound', 404);
    const properties = member(body, 'properties');
    this.set(own, kept(own, isObject(properties) ? properties : {}));
    // What was accepted goes on without anybody who waits for it.
    const long = /^\/(?:apis|namedValues)\/[^/]+$/.test(own);
    if (long) await options.onPoller?.(`signed:${own}`);
    await this.around({ verb: 'PUT', path: own, when: 'after' });
    if (long) await options.onPoller?.(undefined);
    const now = this.stored.get(own.toLowerCase());
    return { status: before ? 200 : 201, body: { properties: now?.properties }, ...(now && !long ? { etag: now.etag } : {}) };
  }

  async patch(): Promise<ArmAnswer> {
    return Promise.reject(new Error('Nothing is patched.'));
  }

  async delete(path: string, { ifMatch }: ArmWriteOptions): Promise<ArmAnswer> {
    const own = await this.begin('DELETE', path);
    const before = this.stored.get(own.toLowerCase());
    const link = /^\/products\/[^/]+\/apis\//.test(own);
    if (before && !link && ifMatch === undefined) throw armFailure('invalid', 400);
    this.check(before, ifMatch);
    this.take(own);
    await this.around({ verb: 'DELETE', path: own, when: 'after' });
    return { status: before ? 200 : 204, body: undefined };
  }

  async post(path: string): Promise<ArmAnswer> {
    await Promise.resolve();
    const own = below(path);
    this.calls.push(`POST ${own}`);
    const found = this.there(own.replace(/\/listSecrets$/, ''));
    if (!found) throw armFailure('notFound', 404);
    return { status: 200, body: { primaryKey: found['primaryKey'], secondaryKey: found['secondaryKey'] } };
  }

  async resume(state: string, options: ArmWriteOptions): Promise<ArmAnswer> {
    this.resumed.push(state);
    await options.onPoller?.(undefined);
    return { status: 200, body: undefined };
  }

  private async begin(verb: string, path: string): Promise<string> {
    await Promise.resolve();
    const own = below(path);
    await this.around({ verb, path: own, when: 'before' });
    this.calls.push(`${verb} ${own}`);
    return own;
  }

  private check(before: Stored | undefined, ifMatch: string | undefined): void {
    if (ifMatch !== undefined && ifMatch !== '*' && before?.etag !== ifMatch) throw armFailure('changed', 412, 'PreconditionFailed');
  }
}

/** How the service keeps it: policies with tabs and CRLF, subscriptions with keys, suffixes without a slash before them. */
function kept(path: string, properties: JsonObject): JsonObject {
  const { value, path: suffix } = properties;
  if (path.endsWith('/policies/policy') && typeof value === 'string') {
    if (properties['format'] !== 'rawxml') throw new Error('Policies are written as rawxml.');
    return { format: 'rawxml', value: value.replaceAll('\r\n', '\n').replaceAll(/^ +/gm, (blanks) => '\t'.repeat(blanks.length / 2)).replaceAll('\n', '\r\n') };
  }
  if (path.startsWith('/subscriptions/')) return { ...properties, primaryKey: 'primary-key-of-callers', secondaryKey: 'secondary-key-of-callers' };
  return typeof suffix === 'string' ? { ...properties, path: suffix.replace(/^\//, '') } : properties;
}

function shown(path: string, properties: JsonObject): JsonObject {
  const hidden = path.startsWith('/namedValues/') && properties['secret'] === true ? ['value'] : ['primaryKey', 'secondaryKey'];
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !hidden.includes(name)));
}

function below(path: string): string {
  if (!path.startsWith(`${instanceId}/`)) throw new Error(`It is not below the instance: ${path}`);
  return path.slice(instanceId.length);
}

function last(path: string): string {
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}
