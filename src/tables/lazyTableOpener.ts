// The opener of tables, loaded when the first table is looked at.

import type { Disposable } from '../model/lifetime';
import type { TableOpener } from '../model/openTable';

/** Holds one opener, or none yet. */
export class LazyTableOpener implements Disposable {
  private current: Promise<TableOpener> | undefined;

  /**
   * @param program path of the program that a table's thread runs; `log` gets a line when it fails. `texts` are those of the display
   * language, where there is a translation.
   */
  constructor(
    private readonly program: string,
    private readonly log: (line: string) => void,
    private readonly texts?: Readonly<Record<string, string>>,
  ) {}

  /** The opener of this window. */
  get(): Promise<TableOpener> {
    // Its bundle stands beside the extension's, so that activation does not read it.
    const { program, log, texts } = this;
    this.current ??= import('./tableOpener').then(({ tableOpener }) => tableOpener(program, { log, ...(texts && { texts }) }));
    const { current } = this;
    // What could not be loaded now may be loaded the next time.
    current.catch(() => {
      if (this.current === current) this.current = undefined;
    });
    return current;
  }

  dispose(): void {
    this.current?.then((opener) => opener.dispose()).catch(() => undefined);
  }
}
