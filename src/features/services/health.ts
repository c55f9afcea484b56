// What is known of each service at the moment: whether it runs, answers, or wants another key. Lives as long as the window.

import type { HealthState } from '../../model/health';
import { Emitter } from '../../model/lifetime';

/** The states by address. */
export class Health {
  private readonly states = new Map<string, HealthState>();
  /** Calls under way by address: a service runs as long as one of them does. */
  private readonly calls = new Map<string, number>();
  /** How often each address was cleared: a call that began before the last time says nothing of what came after it. */
  private readonly clearings = new Map<string, number>();
  private readonly changed = new Emitter<string>();

  /** Tells the address of the service whose state is another. */
  readonly onDidChange = this.changed.event;

  /** The state of the service at this address. */
  of(address: string): HealthState {
    return this.calls.has(address) ? { kind: 'running' } : this.states.get(address) ?? { kind: 'unknown' };
  }

  /** Marks a call as under way until the returned function is called with what it showed (undefined leaves things as they were). */
  begin(address: string): (found: HealthState | undefined) => void {
    this.calls.set(address, (this.calls.get(address) ?? 0) + 1);
    const clearings = this.clearings.get(address);
    this.changed.fire(address);
    return (found) => {
      const left = (this.calls.get(address) ?? 1) - 1;
      if (left > 0) this.calls.set(address, left);
      else this.calls.delete(address);
      if (found && clearings === this.clearings.get(address)) this.states.set(address, found);
      this.changed.fire(address);
    };
  }

  /** Forgets what is known of one service, and what calls will find that are under way; call it before the change that makes it untrue. */
  clear(address: string): void {
    this.states.delete(address);
    this.clearings.set(address, (this.clearings.get(address) ?? 0) + 1);
    this.changed.fire(address);
  }
}
