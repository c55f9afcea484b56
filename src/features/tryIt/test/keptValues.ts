// What was filled in for a service, remembered in the workspace; its global parameters are in the secret store.

import { isArray, isObject, member, tryParse } from '../../../base/shape';
import type { Memory, SecretBox } from '../../../base/ports';
import { mask, maskTokens, redactor } from '../../../redaction';
import type { RememberedRequest } from './testRequest';

/** Where the values are remembered, for each folder: a list of services, the one that was worked with last at the end. */
export const testValuesKey = 'testValues';

/** So many services are remembered, and so much of each, in UTF-16 units. */
const mostServices = 30;
const longest = 100_000;

/** The values of one service. */
interface Remembered {
  readonly service: string;
  readonly json: string;
}

/** Remembers what was filled in. Services are known by the text that stands for them where choices are kept. */
export class KeptValues {
  constructor(private readonly memory: Memory, private readonly box: SecretBox) {}

  /** The request that was filled in last, without its parameters. */
  get(service: string): string | undefined {
    return this.all().find((each) => each.service === service)?.json;
  }

  /** The parameters that were filled in last for a service, JSON each by its name. */
  async parameters(service: string): Promise<ReadonlyMap<string, string>> {
    const kept = tryParse((await this.box.get(testParametersName(service))) ?? '');
    if (!isArray(kept)) return new Map();
    return new Map(kept.flatMap((each): [string, string][] => {
      const [name, json] = [member(each, 'name'), member(each, 'json')];
      return typeof name === 'string' && typeof json === 'string' && tryParse(json) !== undefined ? [[name, json]] : [];
    }));
  }

  /** Remembers a request. One that is long, or in which one of these keys or dots stand, is forgotten instead. */
  async set(service: string, { json }: Pick<RememberedRequest, 'json'>, keys: readonly (string | undefined)[]): Promise<void> {
    const rest = this.all().filter((each) => each.service !== service);
    const isOpen = json.length <= longest && !json.includes(mask) && maskTokens(redactor(keys).text(json)) === json;
    await this.memory.update(testValuesKey, [...rest, ...(isOpen ? [{ service, json }] : [])].slice(-mostServices));
  }

  /** Keeps parameters in the secret store. */
  async setParameters(service: string, parameters: ReadonlyMap<string, string>): Promise<void> {
    const name = testParametersName(service);
    if (parameters.size === 0) return this.forgetParameters(service);
    const text = JSON.stringify([...parameters].map(([each, json]) => ({ name: each, json })));
    // The stores of some computers are slow, and ask the person.
    if ((await this.box.get(name)) !== text) await this.box.store(name, text);
  }

  /** Keeps parameters beside those that are kept already, and forgets those that were taken out of the request. */
  async mergeParameters(
    service: string, { parameters, removed }: Pick<RememberedRequest, 'parameters' | 'removed'>,
  ): Promise<void> {
    const before = await this.parameters(service);
    const merged = new Map([...before, ...parameters].filter(([name]) => !removed.has(name)));
    if (merged.size > 0 || before.size > 0) await this.setParameters(service, merged);
  }

  /** Forgets the parameters of a service: those at another address are others. */
  async forgetParameters(service: string): Promise<void> {
    const name = testParametersName(service);
    if ((await this.box.get(name)) !== undefined) await this.box.delete(name);
  }

  /** Forgets what was filled in. */
  async forget(service: string): Promise<void> {
    const rest = this.all().filter((each) => each.service !== service);
    if (rest.length < this.all().length) await this.memory.update(testValuesKey, rest);
  }

  /** The service has another address. */
  async move(from: string, to: string): Promise<void> {
    const all = this.all();
    if (all.some(({ service }) => service === from))
      await this.memory.update(testValuesKey, all.map((each) => (each.service === from ? { ...each, service: to } : each)));
  }

  private all(): readonly Remembered[] {
    const value = this.memory.get(testValuesKey);
    return !isArray(value) ? [] : value.flatMap((each): Remembered[] => {
      if (!isObject(each)) return [];
      const { service, json } = each;
      return typeof service === 'string' && typeof json === 'string' ? [{ service, json }] : [];
    });
  }
}

/** The name of a service's parameters in the secret store. */
export function testParametersName(service: string): string {
  return JSON.stringify(['testParameters', service]);
}
