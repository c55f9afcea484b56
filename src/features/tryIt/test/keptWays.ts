// Which way the test of a service went last, remembered in the workspace: only where that is not the service itself.

import { isArray, member } from '../../../base/shape';
import type { Memory } from '../../../base/ports';

/** Where they are remembered, for each folder: a list of services, the one that was chosen for last at the end. */
export const testWaysKey = 'testWays';

/** So many services are remembered. */
const mostServices = 30;

/** The way to one service: an address. */
interface KeptWay {
  readonly service: string;
  readonly way: string;
}

/** Remembers them. Services are known by the text that stands for them where choices are kept. */
export class KeptWays {
  constructor(private readonly memory: Memory) {}

  /** The address of the way to a service; undefined for the service itself. */
  get(service: string): string | undefined {
    return this.all().find((each) => each.service === service)?.way;
  }

  /** Remembers a way, or with undefined that there is none but the service itself. */
  async set(service: string, way: string | undefined): Promise<void> {
    const all = this.all();
    const rest = all.filter((each) => each.service !== service);
    if (way === undefined && rest.length === all.length) return;
    await this.memory.update(testWaysKey, [...rest, ...(way === undefined ? [] : [{ service, way }])].slice(-mostServices));
  }

  /** A service, or a way, has another address. */
  async move(from: string, to: string): Promise<void> {
    const all = this.all();
    const moved = (address: string): string => (address === from ? to : address);
    if (all.some(({ service, way }) => service === from || way === from))
      await this.memory.update(testWaysKey, all.map(({ service, way }) => ({ service: moved(service), way: moved(way) })));
  }

  private all(): readonly KeptWay[] {
    const value = this.memory.get(testWaysKey);
    return !isArray(value) ? [] : value.flatMap((each): KeptWay[] => {
      const [service, way] = [member(each, 'service'), member(each, 'way')];
      return typeof service === 'string' && typeof way === 'string' ? [{ service, way }] : [];
    });
  }
}
