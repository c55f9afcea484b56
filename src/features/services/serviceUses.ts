// What other features do with services: asked before a service is removed, and told to stop.

import type { Disposable } from '../../model/lifetime';

/** What one feature does with services, which it knows by their addresses. */
export interface ServiceUse {
  /** How much of its work with a service is not over. */
  readonly open?: (address: string) => number;
  /** Stops what it is sending to a service, which is about to be removed. */
  readonly stop?: (address: string) => void;
}

/** All of them. */
export class ServiceUses {
  private readonly uses = new Set<ServiceUse>();

  register(use: ServiceUse): Disposable {
    this.uses.add(use);
    return { dispose: () => void this.uses.delete(use) };
  }

  /** How much work with a service is not over. */
  open(address: string): number {
    return [...this.uses].reduce((sum, use) => sum + (use.open?.(address) ?? 0), 0);
  }

  /** Stops what is being sent to a service. */
  stop(address: string): void {
    for (const use of this.uses) use.stop?.(address);
  }
}
