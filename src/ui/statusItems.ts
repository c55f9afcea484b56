// The items of the status bar that features have.

import { StatusItem, type StatusItemParts } from './statusItem';
import { DisposableStore, type Disposable } from '../model/lifetime';

/** All items. */
export class StatusItems implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly items = new Map<string, StatusItem>();

  /**
   * Adds an item, which is hidden until it is shown. Its id is taken until it is disposed; throws where it is: VS Code would
   * keep one of the two hidden for both.
   */
  add(parts: StatusItemParts): StatusItem {
    const { id } = parts;
    if (this.items.has(id)) throw new Error(`The status item "${id}" is registered twice.`);
    const item = this.lifetime.add(new StatusItem(parts, () => void (this.items.get(id) === item && this.items.delete(id))));
    this.items.set(id, item);
    return item;
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}
