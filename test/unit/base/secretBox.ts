// A secret store in memory that several windows share: what one stores, the others are told of.

import { Emitter } from '../../../src/model/lifetime';
import type { SecretBox } from '../../../src/base/ports';

/** Secrets in memory. */
export class MemoryBox implements SecretBox {
  readonly texts = new Map<string, string>();
  /** False: it takes a secret and keeps nothing, as a store without a keyring does. */
  keeps = true;
  private readonly changed = new Emitter<{ readonly key: string }>();
  readonly onDidChange = this.changed.event;

  async get(name: string): Promise<string | undefined> {
    await Promise.resolve();
    return this.texts.get(name);
  }

  async store(name: string, value: string): Promise<void> {
    await Promise.resolve();
    if (this.keeps) this.texts.set(name, value);
    this.changed.fire({ key: name });
  }

  async delete(name: string): Promise<void> {
    await Promise.resolve();
    this.texts.delete(name);
    this.changed.fire({ key: name });
  }
}
