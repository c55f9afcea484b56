// Keeps a store in a file, sealed: keys and the service's own key are in it, and the key to it is the token that the editor hands in.

import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { isObject, member, tryParse, tryStringify } from '../../base/shape';
import { readOrNothing, writeWhole, writeWholeLater } from '../folder/files';
import type { CountedCall } from './store';
import type { StoreState } from './memoryStore';
import { readState } from './savedState';
import { readServices, type ServicesState } from './services/savedServices';

/** After a change of this kind it is written in so many milliseconds, if nobody waits for it before. */
const delaysMs = { resource: 50, call: 2000 } as const;

/** So many of the last calls are kept. */
const mostCalls = 5000;

/** What the file is sealed by. */
const algorithm = 'aes-256-gcm';
const keyBytes = 32;

/** All that is kept: what the instance holds that is there from the beginning, and the instances. */
export interface SavedState extends StoreState {
  readonly services?: ServicesState;
}

/** A store's file. */
export class SavedStore {
  private readonly salt: Buffer;
  private readonly key: Buffer;
  private readonly kept: unknown;
  private dirty = false;
  private running: Promise<void> | undefined;
  /** The last write failed, which was told. */
  private failing = false;
  private timer: NodeJS.Timeout | undefined;
  /** Gives what is to be kept. */
  state: (() => SavedState) | undefined;

  /** `tell` hears why something could not be kept. */
  constructor(private readonly path: string, token: string, private readonly tell: (line: string) => void) {
    const text = readOrNothing(path);
    this.kept = text === undefined ? undefined : tryParse(text);
    const salt = isObject(this.kept) && typeof this.kept.salt === 'string' ? Buffer.from(this.kept.salt, 'base64') : undefined;
    this.salt = salt ?? randomBytes(16);
    this.key = scryptSync(token, this.salt, keyBytes);
  }

  /** What was kept; undefined where there is nothing, or where the token is another one. */
  read(): SavedState | undefined {
    if (!isObject(this.kept)) return undefined;
    const { iv, tag, data } = this.kept;
    if (typeof iv !== 'string' || typeof tag !== 'string' || typeof data !== 'string') return undefined;
    try {
      const decipher = createDecipheriv(algorithm, this.key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
      decipher.setAuthTag(Buffer.from(tag, 'base64'));
      const text = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
      return readSaved(tryParse(text));
    } catch {
      this.tell('What Sample API Management had is sealed by another token, so it begins anew.');
      return undefined;
    }
  }

  /** Notes that something has changed. */
  changed(what: 'resource' | 'call'): void {
    this.dirty = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.saved();
    }, delaysMs[what]).unref();
  }

  /** Settles when all changes are in the file. Never rejects. */
  async saved(): Promise<void> {
    while (this.dirty || this.running) {
      this.running ??= this.write().finally(() => (this.running = undefined));
      await this.running;
    }
  }

  /** Writes at once what is not written yet, before the process ends. Never throws. */
  flush(): void {
    // One that is being written holds every change that was answered; a second writer would spoil its file.
    if (!this.dirty || this.running) return;
    try {
      const text = this.sealed();
      if (text !== undefined) writeWhole(this.path, text);
    } catch {
      // The process ends; the next one begins with what was written before.
    }
  }

  /** Writes nothing any more: the file is another's. */
  letGo(): void {
    this.state = undefined;
  }

  private async write(): Promise<void> {
    this.dirty = false;
    try {
      const text = this.sealed();
      if (text !== undefined) await writeWholeLater(this.path, text);
      this.failing = false;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (!this.failing) this.tell(`What Sample API Management has could not be kept: ${why}`);
      this.failing = true;
    }
  }

  private sealed(): string | undefined {
    const state = this.state?.();
    const text = state && tryStringify(lastCallsOf(state));
    if (text === undefined) return undefined;
    const iv = randomBytes(12);
    const cipher = createCipheriv(algorithm, this.key, iv, { authTagLength: 16 });
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const parts = { salt: this.salt, iv, tag: cipher.getAuthTag(), data };
    return JSON.stringify(Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString('base64')])));
  }
}

function readSaved(value: unknown): SavedState | undefined {
  const [store, services] = [readState(value), readServices(member(value, 'services'))];
  return store && services ? { ...store, services } : store;
}

/** The same with the last calls only, of each instance. */
function lastCallsOf({ services, ...store }: SavedState): SavedState {
  const last = <T extends { readonly calls: readonly CountedCall[] }>(each: T): T => ({ ...each, calls: each.calls.slice(-mostCalls) });
  if (!services) return last(store);
  const within = <T extends { readonly store: StoreState }>(each: T): T => ({ ...each, store: last(each.store) });
  return { ...last(store), services: { ...services, services: services.services.map(within), deleted: services.deleted.map(within) } };
}
