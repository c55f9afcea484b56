// The transport, loaded when it is first needed and made anew when the network settings change.

import type { Disposable } from '../model/lifetime';
import type { NetworkSettings, Transport } from '../model/wire';

/** Holds one transport, or none yet. */
export class LazyTransport implements Disposable {
  private current: Promise<Transport> | undefined;

  constructor(private readonly settings: () => NetworkSettings) {}

  /** The transport for the network settings as they are. */
  get(): Promise<Transport> {
    // Its bundle stands beside the extension's, so that activation does not read it.
    this.current ??= import('./transport').then(({ createTransport }) => createTransport(this.settings()));
    const { current } = this;
    // What could not be made now may be made the next time.
    current.catch(() => {
      if (this.current === current) this.current = undefined;
    });
    return current;
  }

  /** Makes a new one at the next call; calls that are under way keep the old one until they are over. */
  renew(): void {
    this.current = undefined;
  }

  dispose(): void {
    this.current?.then((transport) => transport.close()).catch(() => undefined);
  }
}
