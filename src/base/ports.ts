// The slices of the outside that remembering needs; VS Code's own objects fit them as they are.

import type { Disposable, Event } from '../model/lifetime';

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

/** The files of the job journal, below one folder that several windows share. Paths are relative, with `/`. Throws what the disk throws. */
export interface JobFiles {
  /** Names of what is in a folder, without files that are still being written; empty when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** A text that changes when the file is replaced, or when something in the folder is; undefined: not there. */
  stamp(path: string): Promise<string | undefined>;
  /** Undefined: not there. */
  read(path: string): Promise<string | undefined>;
  /** Replaces the file as a whole: who reads sees the old text or the new one, also after a crash. Makes folders. */
  write(path: string, text: string): Promise<void>;
  /** Writes a file that is not there yet, as a whole; false when it is there. Of several callers at once, one gets true. */
  create(path: string, text: string): Promise<boolean>;
  /** No error when it is gone already. */
  remove(path: string): Promise<void>;
  /** Tells that something may have changed. Not to be relied on: look from time to time as well. */
  watch(listener: () => void): Disposable;
}
