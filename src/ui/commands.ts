// The commands by their ids, which features register: each runs with its errors shown.

import type { ErrorReporter } from './errorReporter';
import type { Disposable } from '../model/lifetime';

/** What a command does with its arguments. What it gives back goes to whoever has called it. */
export type CommandWork = (...args: readonly unknown[]) => unknown;

/** A command whose code is loaded when it runs for the first time. */
export interface LoadedCommand<Module> {
  /** `() => import('…')` with the name written out, so that the build makes a file of it. */
  readonly load: () => Promise<Module>;
  readonly run: (module: Module, ...args: readonly unknown[]) => unknown;
}

/** All commands. */
export class Commands {
  private readonly works = new Map<string, CommandWork>();
  private readonly settling = new Set<() => Promise<void>>();

  constructor(private readonly reporter: Pick<ErrorReporter, 'run'>) {}

  /** Adds a command. Throws where its id is taken. */
  register(id: string, work: CommandWork): Disposable {
    if (this.works.has(id)) throw new Error(`The command "${id}" is registered twice.`);
    this.works.set(id, work);
    return { dispose: () => void (this.works.get(id) === work && this.works.delete(id)) };
  }

  /** Adds commands by their ids. */
  registerAll(works: Iterable<readonly [id: string, work: CommandWork]>): Disposable {
    const added = [...works].map(([id, work]) => this.register(id, work));
    return { dispose: () => added.forEach((each) => each.dispose()) };
  }

  /** Adds a command whose code is loaded when it runs for the first time. */
  registerLoaded<Module>(id: string, { load, run }: LoadedCommand<Module>): Disposable {
    return this.register(id, async (...args) => run(await load(), ...args));
  }

  /** Whoever has run any command goes on when this has settled too: what a command has changed is then to be seen. */
  settleWith(settled: () => Promise<void>): Disposable {
    this.settling.add(settled);
    return { dispose: () => void this.settling.delete(settled) };
  }

  /** The ids that there are. */
  get ids(): readonly string[] {
    return [...this.works.keys()];
  }

  /** Does what a command is for. An error is shown, with a button that tries again, and goes no further. */
  async run(id: string, args: readonly unknown[]): Promise<unknown> {
    const work = this.works.get(id);
    if (!work) return undefined;
    // What a command gives back goes to whoever has called it, such as a picker that goes on with what was added.
    let result: unknown;
    const retry = async (): Promise<void> => {
      result = await work(...args);
    };
    await this.reporter.run(retry, { retry });
    for (const settled of this.settling) await settled();
    return result;
  }
}
