// The resources and counted calls of the sample's API Management, in memory; tells when something has changed.

import type { JsonObject } from '../../base/shape';
import type { ApimStore, CountedCall, StoredResource } from './store';

/** So many calls are remembered for the reports; the oldest go first. */
const mostCalls = 50_000;

/** All that a store holds, in the order in which it was made. */
export interface StoreState {
  /** What the last ETag was made of. */
  readonly version: number;
  readonly resources: readonly StoredResource[];
  readonly calls: readonly CountedCall[];
}

/** The store. `changed` is called after each change of a resource (`resource`) and each counted call (`call`). */
export class MemoryStore implements ApimStore {
  /** Resources by collection and by path, both in lower case. */
  private readonly collections = new Map<string, Map<string, StoredResource>>();
  private counted: CountedCall[] = [];
  private version = 0x900;

  constructor(private readonly changed: (what: 'resource' | 'call') => void = () => undefined) {}

  get calls(): readonly CountedCall[] {
    return this.counted;
  }

  get(path: string): StoredResource | undefined {
    const key = path.toLowerCase();
    return this.collections.get(collectionOf(key))?.get(key);
  }

  children(collection: string): readonly StoredResource[] {
    return [...(this.collections.get(collection.toLowerCase())?.values() ?? [])];
  }

  /** A resource and all below it, parents first. */
  subtree(path: string): readonly StoredResource[] {
    const own = this.get(path);
    const start = `${path.toLowerCase()}/`;
    const below = [...this.collections].filter(([name]) => name.startsWith(start)).flatMap(([, members]) => [...members.values()]);
    return [...(own ? [own] : []), ...below.sort((a, b) => a.path.split('/').length - b.path.split('/').length)];
  }

  put(path: string, properties: JsonObject): StoredResource {
    const key = path.toLowerCase();
    const name = collectionOf(key);
    const collection = this.collections.get(name) ?? new Map<string, StoredResource>();
    this.collections.set(name, collection);
    const resource = { path: collection.get(key)?.path ?? path, etag: this.nextEtag(), properties };
    collection.set(key, resource);
    this.changed('resource');
    return resource;
  }

  delete(path: string): void {
    const key = path.toLowerCase();
    this.collections.get(collectionOf(key))?.delete(key);
    for (const name of [...this.collections.keys()]) if (name.startsWith(`${key}/`)) this.collections.delete(name);
    this.changed('resource');
  }

  count(call: CountedCall): void {
    this.counted.push(call);
    if (this.counted.length > mostCalls * 1.1) this.counted = this.counted.slice(-mostCalls);
    this.changed('call');
  }

  /** All that there is. */
  state(): StoreState {
    return { version: this.version, resources: [...this.collections.values()].flatMap((each) => [...each.values()]), calls: this.counted };
  }

  /** Takes over a state that was kept, ETags too, in place of what there is. */
  restore({ version, resources, calls }: StoreState): void {
    this.collections.clear();
    for (const each of resources) {
      const key = each.path.toLowerCase();
      const name = collectionOf(key);
      const collection = this.collections.get(name) ?? new Map<string, StoredResource>();
      this.collections.set(name, collection.set(key, each));
    }
    this.counted = [...calls];
    this.version = version;
  }

  /** A number that only grows, as eight bytes in base64, as the service's own look. */
  private nextEtag(): string {
    this.version++;
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(this.version));
    return `"${bytes.toString('base64')}"`;
  }
}

function collectionOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
