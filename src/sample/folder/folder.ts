// The folder that a sample keeps its jobs and blobs in, one sample at a time, and the ports that it was last at.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseJson } from '../json';
import { readOrNothing, removeUnfinished, writeWhole } from './files';
import { lockFolder } from './lock';

/** Ports of 127.0.0.1. */
export interface Ports {
  readonly service: number;
  readonly storage: number;
  /** Of Sample API Management, where that ran too. */
  readonly arm?: number;
  readonly gateway?: number;
}

/** So many former ports are remembered: callers that knew the service there are told. */
const mostFormer = 8;

/** A folder that is this process's own until it ends. */
export interface SampleFolder {
  /** The jobs' own folder, and the blobs'. Both are there. */
  readonly jobs: string;
  readonly blobs: string;
  /** Where Sample API Management keeps what it has. */
  readonly apim: string;
  /** The ports that the sample had last. */
  readonly ports: Ports | undefined;
  /** Ports that its service had before, the present one not among them. */
  formerPorts(present: number): readonly number[];
  /** Remembers the ports. Throws what the disk throws. */
  keepPorts(ports: Ports): void;
  /** Resolves when another process has taken the folder. */
  readonly lost: Promise<void>;
  /** Lets go of it. Never throws. */
  release(): void;
}

/** Opens a folder, which is made where it is not there. Rejects with FolderInUse, or with what the disk throws. */
export async function openFolder(path: string): Promise<SampleFolder> {
  const [jobs, blobs] = [join(path, 'jobs'), join(path, 'blobs')];
  for (const each of [jobs, blobs]) mkdirSync(each, { recursive: true, mode: 0o700 });
  const { lost, release } = await lockFolder(path);
  const file = join(path, 'ports.json');
  try {
    for (const each of [path, jobs, blobs]) removeUnfinished(each);
    const { ports, former } = readPorts(readOrNothing(file));
    const all = [...new Set([...(ports ? [ports.service] : []), ...former])];
    const formerPorts = (present: number): readonly number[] => all.filter((each) => each !== present).slice(0, mostFormer);
    const keepPorts = (now: Ports): void => writeWhole(file, JSON.stringify({ ...ports, ...now, former: formerPorts(now.service) }));
    return { jobs, blobs, apim: join(path, 'api-management.json'), ports, formerPorts, keepPorts, lost, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Reads what was kept; what cannot be read was not kept. */
function readPorts(text: string | undefined): { readonly ports?: Ports; readonly former: readonly number[] } {
  const kept = text === undefined ? undefined : parseJson(Buffer.from(text))?.value;
  if (!isObject(kept)) return { former: [] };
  const { service, storage, arm, gateway, former } = kept;
  const more = { ...(isPort(arm) ? { arm } : {}), ...(isPort(gateway) ? { gateway } : {}) };
  return {
    ...(isPort(service) && isPort(storage) ? { ports: { service, storage, ...more } } : {}),
    former: Array.isArray(former) ? former.filter(isPort) : [],
  };
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 65_535;
}
