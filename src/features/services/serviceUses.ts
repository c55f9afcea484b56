// What other features do with services: asked before a service is removed, and told to stop.

import type { Disposable } from '../../model/lifetime';

/** What one feature does with services, which it knows by their addresses. */
export interface ServiceUse {
  /** How much of its work with a service is not over. */
  readonly open?: (address: string) => number;
  /** True while it is sending something to a service. */
  readonly busy?: (address: string) => boolean;
  /** How much of its work with a service is kept, over or not. */
  readonly kept?: (address: string) => Promise<number>;
  /** Stops what it is sending to a service, which is about to be removed. */
  readonly stop?: (address: string) => void;
  /** Told that a service has another address, and whether what is kept of the work with it goes along. Throws what the disk throws. */
  readonly move?: (from: string, to: string, withWork: boolean) => Promise<void>;
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

  /** True while something is being sent to a service. */
  busy(address: string): boolean {
    return [...this.uses].some((use) => use.busy?.(address) ?? false);
  }

  /** How much work with a service is kept, over or not. */
  async kept(address: string): Promise<number> {
    const counts = await Promise.all([...this.uses].map(async (use) => (await use.kept?.(address)) ?? 0));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Tells that a service has another address. All are told; then the first error is thrown. */
  async move(from: string, to: string, withWork: boolean): Promise<void> {
    const outcomes = await Promise.allSettled([...this.uses].map(async (use) => use.move?.(from, to, withWork)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Stops what is being sent to a service. */
  stop(address: string): void {
    for (const use of this.uses) use.stop?.(address);
  }
}
