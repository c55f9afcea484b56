// Puts Sample API Management together: its store, kept where that is wanted, its gateway and its ARM.

import type { Instance } from './armCall';
import { startArm, type ArmServer } from './armServer';
import { fillStore } from './builtIn';
import { startGateway } from './gateway';
import { MemoryStore } from './memoryStore';
import { instanceId, samplePlace } from './place';
import { SavedStore } from './savedStore';

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
  readonly store: MemoryStore;
  /** Writes at once what is not written yet. Never throws. */
  flush(): void;
  /** Keeps nothing any more: the file is another's. */
  letGo(): void;
  stop(): Promise<void>;
}

/** Starts it. Rejects with what `arm` and `gateway` reject with. */
export async function startApiManagement({ arm, gateway, token, file, now, tell }: ApiManagementOptions): Promise<ApiManagement> {
  const saved = file === undefined ? undefined : new SavedStore(file, token, tell);
  const store = new MemoryStore((what) => saved?.changed(what));
  const instance: Instance = { id: instanceId, store, now };
  const former = saved?.read();
  if (saved) saved.state = () => store.state();
  if (former) store.restore(former);
  else fillStore(instance);
  const front = await gateway((port) => startGateway({ port, store, now, log: tell }));
  let back: ArmServer;
  try {
    const keeping = saved ? { saved: () => saved.saved() } : {};
    back = await arm((port) => startArm({ port, token, instance, gatewayUrl: front.url, ...keeping }));
  } catch (error) {
    await front.stop();
    throw error;
  }
  const { subscriptionId, resourceGroup, service } = samplePlace;
  return {
    armPort: back.port,
    gatewayPort: front.port,
    place: { endpoint: back.endpoint, subscriptionId, resourceGroup, service },
    gatewayUrl: front.url,
    store,
    flush: () => saved?.flush(),
    letGo: () => saved?.letGo(),
    stop: async () => {
      await Promise.all([back.stop(), front.stop()]);
      await saved?.saved();
    },
  };
}
