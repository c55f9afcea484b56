// The items of the status bar that features have.

import { StatusItem, type StatusItemParts } from './statusItem';
import { DisposableStore, type Disposable } from '../model/lifetime';

/** All items. */
export class StatusItems implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly ids = new Set<string>();

  /** Adds an item, which is hidden until it is shown. Throws where its id is taken: VS Code would keep one of the two hidden for both. */
  add(parts: StatusItemParts): StatusItem {
    if (this.ids.has(parts.id)) throw new Error(`The status item "${parts.id}" is registered twice.`);
    this.ids.add(parts.id);
    return this.lifetime.add(new StatusItem(parts));
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}
