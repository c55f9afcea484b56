// Node's loader of modules, as the probe watches it.

import Module from 'node:module';

/** The function that every `require` goes through. */
export interface Loader {
  _load(request: string, ...rest: unknown[]): unknown;
}

/** Node's loader of modules, which VS Code uses as well; its types leave the function out. */
export function loader(): Loader {
  const found: unknown = Module;
  return Object(found);
}
