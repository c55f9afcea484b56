// The slices of the outside that remembering needs; VS Code's own objects fit them as they are.

import type { Event } from '../model/lifetime';

/** A place for small plain data that outlives a window; VS Code's Memento is one. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A place that keeps secrets; VS Code's SecretStorage is one. */
export interface SecretBox {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
  readonly onDidChange: Event<{ readonly key: string }>;
}

/** One setting that holds JSON, in the user's own settings. */
export interface SettingBox {
  read(): unknown;
  write(value: unknown): PromiseLike<void>;
  readonly onDidChange: Event<void>;
}
