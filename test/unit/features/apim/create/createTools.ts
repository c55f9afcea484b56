// Work on an instance, and an ARM that holds one instance, for tests of making and deleting.

import type { Arm, ArmAnswer, ArmJson, ArmWriteOptions } from '../../../../../src/model/arm';
import { Cancelled, messageOf, type ErrorParts } from '../../../../../src/model/errors';
import type { InstanceWork } from '../../../../../src/features/apim/create/work';
import { endpointUrl, instanceId, subscriptionId } from '../apimTools';

export const newId = instanceId.replace('scores', 'new-one');

/** Work as it is noted while it is followed. */
export function someWork(changed: Partial<InstanceWork> = {}): InstanceWork {
  return {
    key: '0mx1eapqv-ucqqn66hm4pz', kind: 'create', startedAt: 1_000, step: 'following', owner: { accountId: 'a', tenantId: undefined }, tier: 'Developer', newGroup: false,
    organisation: 'Contoso', email: 'ann@contoso.com', problem: undefined,
    place: { endpointUrl, sample: false, home: undefined, id: newId, subscriptionId, resourceGroup: 'ml', name: 'new-one', location: 'West Europe' },
    ...changed,
  };
}

/** What a call does in place of what it would. */
export type Then = () => Promise<ArmAnswer | undefined> | ArmAnswer | undefined;

/** An ARM whose answers come from lists: each call takes the next, and the last stays. */
export class ScriptedArm {
  readonly calls: string[] = [];
  finds: Then[] = [() => undefined];
  writes: ((options: ArmWriteOptions) => Promise<void>)[] = [() => Promise.resolve()];
  resumes: ((options: ArmWriteOptions) => Promise<void>)[] = [() => Promise.resolve()];

  readonly arm: Arm = {
    endpoint: { url: endpointUrl, credential: () => Promise.reject(new Cancelled()) },
    get: () => Promise.reject(new Error('No test asks for this.')),
    post: () => Promise.reject(new Error('No test asks for this.')),
    patch: () => Promise.reject(new Error('No test asks for this.')),
    pages: () => { throw new Error('No test asks for this.'); },
    find: async (path, { signal }) => {
      this.calls.push(`GET ${path.split('/').at(-1) ?? ''}`);
      if (signal.aborted) throw new Cancelled();
      return next(this.finds)?.();
    },
    put: (path, _body: ArmJson | undefined, options) => this.write('PUT', path, options),
    delete: (path, options) => this.write('DELETE', path, options),
    resume: async (state, options) => {
      this.calls.push(`RESUME ${state}`);
      await next(this.resumes)?.(options);
      return { status: 200, body: undefined };
    },
  };

  private async write(verb: string, path: string, options: ArmWriteOptions): Promise<ArmAnswer> {
    this.calls.push(`${verb} ${path.split('/').at(-1) ?? ''}`);
    await next(this.writes)?.(options);
    return { status: 200, body: undefined };
  }
}

function next<T>(list: T[]): T | undefined {
  return list.length > 1 ? list.shift() : list[0];
}

/** What a person would be told. */
export function told(error: unknown): ErrorParts {
  return { sentence: messageOf(error) };
}
