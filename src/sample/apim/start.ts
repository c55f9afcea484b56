// Puts Sample API Management together: its store, kept where that is wanted, its gateway and its ARM.

import type { Instance } from './armCall';
import { startArm, type ArmServer } from './armServer';
import { fillStore } from './builtIn';
import { startGateway } from './gateway';
import { MemoryStore } from './memoryStore';
import { instanceId, samplePlace } from './place';
import { SavedStore } from './savedStore';
import { Services, usualCreationMs } from './services/services';

/** How to start a part at a port of its own, wherever that port comes from. */
export type AtPort = <T>(begin: (port: number) => Promise<T>) => Promise<T>;

/** How to start it. */
export interface ApiManagementOptions {
  readonly arm: AtPort;
  readonly gateway: AtPort;
  /** The bearer token that callers of ARM must send. */
  readonly token: string;
  /** Where to keep what it has, sealed by the token; without it all is in memory. */
  readonly file?: string;
  /** How long it takes until an instance that somebody makes is active, in milliseconds; 20 seconds where nothing is said. */
  readonly creationMs?: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: (line: string) => void;
}

/** It runs. */
export interface ApiManagement {
  readonly armPort: number;
  readonly gatewayPort: number;
  /** What the ready line says of it; where the token is handed over is not in it. */
  readonly place: { readonly endpoint: string; readonly subscriptionId: string; readonly resourceGroup: string; readonly service: string };
  readonly gatewayUrl: string;
  /** What the instance holds that is there from the beginning. */
  readonly store: MemoryStore;
  /** All instances, those too that somebody made. */
  readonly services: Services;
  /** Writes at once what is not written yet. Never throws. */
  flush(): void;
  /** Keeps nothing any more: the file is another's. */
  letGo(): void;
  stop(): Promise<void>;
}

/** Starts it. Rejects with what `arm` and `gateway` reject with. */
export async function startApiManagement(options: ApiManagementOptions): Promise<ApiManagement> {
  const { arm, gateway, token, file, creationMs = usualCreationMs, now, tell } = options;
  const saved = file === undefined ? undefined : new SavedStore(file, token, tell);
  const changed = (what: 'resource' | 'call'): void => saved?.changed(what);
  const store = new MemoryStore(changed);
  const instance: Instance = { id: instanceId, store, sku: 'Developer', now };
  const former = saved?.read();
  if (former) store.restore(former);
  else fillStore(instance);
  const front = await gateway((port) => startGateway({ port, store, now, log: tell }));
  const kept = former?.services ? { former: former.services } : {};
  const services = new Services({ builtIn: { store, gateway: front }, now, creationMs, changed, tell, ...kept });
  if (saved) saved.state = () => ({ ...store.state(), services: services.state() });
  let back: ArmServer;
  try {
    await services.begin();
    const keeping = saved ? { saved: () => saved.saved() } : {};
    back = await arm((port) => startArm({ port, token, services, now, ...keeping }));
  } catch (error) {
    await Promise.all([services.stop(), front.stop()]);
    throw error;
  }
  const { subscriptionId, resourceGroup, service } = samplePlace;
  return {
    armPort: back.port,
    gatewayPort: front.port,
    place: { endpoint: back.endpoint, subscriptionId, resourceGroup, service },
    gatewayUrl: front.url,
    store,
    services,
    flush: () => saved?.flush(),
    letGo: () => saved?.letGo(),
    stop: async () => {
      await Promise.all([back.stop(), services.stop(), front.stop()]);
      await saved?.saved();
    },
  };
}
