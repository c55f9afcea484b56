// The making of an instance as a process of its own, so that it can be killed: the real journal on the disk, the real client over real sockets.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createArm } from '../../../../../src/arm/arm';
import { tokenCredential } from '../../../../../src/arm/tokenCredential';
import { AtomicFiles } from '../../../../../src/base/atomicFiles';
import type { SecretBox } from '../../../../../src/base/ports';
import { begin, goOn } from '../../../../../src/features/apim/create/carryOut';
import type { InstanceWork } from '../../../../../src/features/apim/create/work';
import { WorkJournal } from '../../../../../src/features/apim/create/workJournal';
import { createTransport } from '../../../../../src/http/transport';
import { systemClock } from '../../../../../src/model/clock';
import { Emitter } from '../../../../../src/model/lifetime';
import { HumanError } from '../../../../../src/model/errors';

/** What the process is to do. */
export interface CreateOrder {
  readonly way: 'begin' | 'goOn';
  readonly folder: string;
  readonly token: string;
  readonly work: InstanceWork;
}

/** No wait is longer here, in milliseconds. */
const mostPauseMs = 20;

/** A secret store in a file, as whole after a kill as VS Code's own. */
export function secretsIn(file: string): SecretBox {
  const read = (): Record<string, string> => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  const write = (all: Record<string, string>): void => {
    writeFileSync(`${file}.new`, JSON.stringify(all));
    renameSync(`${file}.new`, file);
  };
  return {
    get: (name) => Promise.resolve(read()[name]),
    store: (name, value) => Promise.resolve(write({ ...read(), [name]: value })),
    delete: (name) => Promise.resolve(write(Object.fromEntries(Object.entries(read()).filter(([each]) => each !== name)))),
    onDidChange: new Emitter<{ readonly key: string }>().event,
  };
}

/** Does it, and gives the work as it ended. */
export async function carryOutHere({ way, folder, token, work }: CreateOrder, signal = new AbortController().signal): Promise<InstanceWork> {
  const transport = createTransport({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} });
  const url = work.place.endpointUrl;
  const clock = { now: () => systemClock.now(), sleep: (ms: number, until: AbortSignal) => systemClock.sleep(Math.min(ms, mostPauseMs), until) };
  const arm = createArm({ url, credential: () => Promise.resolve(tokenCredential(url, token)) }, { transport, clock, log: () => undefined });
  const journal = new WorkJournal(new AtomicFiles(join(folder, 'instances')), secretsIn(join(folder, 'secrets.json')), () => undefined);
  if (way === 'begin') await journal.add(work);
  const noted = await journal.read(work.key);
  if (!noted) throw new Error('Nothing is noted.');
  try {
    return await (way === 'begin' ? begin : goOn)(noted, {
      arm: () => Promise.resolve(arm), clock, tell: () => undefined,
      note: (now) => journal.note(now), requireWanted: () => journal.requireWanted(work.key),
      poller: () => journal.poller(work.key), setPoller: (state) => journal.setPoller(work.key, state),
      describe: (error) => (error instanceof HumanError ? { sentence: error.message, detail: error.detail } : { sentence: String(error) }),
    }, signal);
  } finally {
    await transport.close();
  }
}

const [, program, order] = process.argv;
if (program?.endsWith('create.js') && order !== undefined) {
  carryOutHere(JSON.parse(order)).then((ended) => process.send?.({ ended }), (error: unknown) => process.send?.({ error: String(error) }))
    .finally(() => process.disconnect());
}
