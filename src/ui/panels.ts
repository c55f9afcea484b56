// The panels by their types, which features register: each takes over what a reload has left of its type.

import type { WebviewPanel } from 'vscode';
import type { ErrorReporter } from './errorReporter';
import type { Disposable } from '../model/lifetime';

/** Takes over a panel that a reload has left; `state` is what its page had saved. */
export type Restore = (panel: WebviewPanel, state: unknown) => Promise<void> | void;

/** All types of panels. */
export class Panels {
  private readonly types = new Map<string, Restore>();

  constructor(private readonly reporter: Pick<ErrorReporter, 'run'>) {}

  /** Adds a type of panels. Throws where it is taken. */
  register(type: string, restore: Restore): Disposable {
    if (this.types.has(type)) throw new Error(`The panel "${type}" is registered twice.`);
    this.types.set(type, restore);
    return { dispose: () => void (this.types.get(type) === restore && this.types.delete(type)) };
  }

  /** The types that there are. */
  get ids(): readonly string[] {
    return [...this.types.keys()];
  }

  /** Gives a panel that a reload has left to its feature; one that no feature takes is closed. Errors are shown. */
  restore(type: string, panel: WebviewPanel, state: unknown): void {
    const restore = this.types.get(type);
    if (restore) void this.reporter.run(() => restore(panel, state));
    else panel.dispose();
  }
}
