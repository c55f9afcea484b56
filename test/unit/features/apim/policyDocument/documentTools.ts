// An instance in memory with a policy, and a window that has documents of it.

import { readAddress } from '../../../../../src/features/apim/policyDocument/address';
import { PolicyDocuments, type PolicyDocument } from '../../../../../src/features/apim/policyDocument/documents';
import { FakeArm, instanceId } from '../fakeArm';
import { someInstance } from '../apimTools';

export const path = '/apis/weather/policies/policy';
export const options = { signal: new AbortController().signal };
export const first = '<policies>\r\n\t<inbound>\r\n\t\t<base />\r\n\t</inbound>\r\n</policies>';
export const mine = '<policies>\n  <inbound>\n    <base />\n    <mine />\n  </inbound>\n</policies>';
export const theirs = '<policies>\r\n\t<inbound>\r\n\t\t<theirs />\r\n\t</inbound>\r\n</policies>';

/** The document of a policy, by its path below the instance. */
export function documentOf(own = path): PolicyDocument {
  const address = readAddress({ path: '/azure-api-management/contoso/Weather.policy.xml', query: `${instanceId}${own}` });
  if (address === undefined) throw new Error(`It is the address of no policy: ${own}`);
  return { key: `a-policy:${own}`, address };
}
export const document = documentOf();

/** The instance, what the workspace remembers, and the clock that only goes on. */
export class Desk {
  readonly arm = new FakeArm();
  readonly memory = new Map<string, unknown>();
  readonly changed: string[] = [];
  readonly looks: string[] = [];
  elapsed = 0;

  constructor() {
    for (const parent of ['/apis/weather', '/products/starter', '/policies']) this.arm.set(parent, {});
    this.set(first);
  }

  /** A window. */
  open(): PolicyDocuments {
    const { memory } = this;
    const made = new PolicyDocuments({
      arms: () => Promise.resolve(this.arm), instance: (id) => Promise.resolve(someInstance({ id })), now: () => 1_000, elapsed: () => this.elapsed,
      memory: { get: (key) => memory.get(key), update: (key, value) => Promise.resolve(void memory.set(key, value)) },
    });
    made.onDidChange((key) => this.changed.push(key));
    made.onDidChangeLook((key) => this.looks.push(key));
    return made;
  }

  /** Somebody else writes the policy. */
  set(value: string): void {
    this.arm.set(path, { format: 'rawxml', value });
  }

  there(): unknown {
    return this.arm.there(path)?.['value'];
  }
}
