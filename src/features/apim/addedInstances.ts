// The instances that a person has added by resource id, for all windows: ids and whose token they are read with, no secret.

import type { Memory } from '../../base/ports';
import { filledText, isArray, member } from '../../base/shape';
import { Emitter, type Disposable } from '../../model/lifetime';
import type { ApimInstance } from './instance';
import { readSavedInstance, type Identity } from './items';

/** Where they are remembered. */
export const addedInstancesKey = 'apimInstances';

/** One of them. */
export interface AddedInstance {
  readonly instance: ApimInstance;
  readonly owner: Identity;
}

/** Keeps them. */
export class AddedInstances implements Disposable {
  private readonly changed = new Emitter<void>();

  /** Raised when one was added or removed in this window. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {}

  list(): readonly AddedInstance[] {
    const kept = this.memory.get(addedInstancesKey);
    return (isArray(kept) ? kept : []).flatMap((each): AddedInstance[] => {
      const instance = readSavedInstance(member(each, 'instance'));
      const owner = member(each, 'owner');
      const [accountId, tenantId] = [filledText(member(owner, 'accountId')), filledText(member(owner, 'tenantId'))];
      return instance ? [{ instance, owner: { accountId, tenantId } }] : [];
    });
  }

  /** Adds one; the same one twice is there once. */
  async add(added: AddedInstance): Promise<void> {
    await this.write([...this.list().filter(({ instance }) => !isSame(instance, added.instance)), added]);
  }

  async remove(gone: ApimInstance): Promise<void> {
    await this.write(this.list().filter(({ instance }) => !isSame(instance, gone)));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async write(list: readonly AddedInstance[]): Promise<void> {
    await this.memory.update(addedInstancesKey, list);
    this.changed.fire();
  }
}

/** True for two that are one: ids of ARM do not tell upper case from lower case. */
export function isSame(one: ApimInstance, other: ApimInstance): boolean {
  return one.endpointUrl === other.endpointUrl && one.id.toLowerCase() === other.id.toLowerCase();
}
