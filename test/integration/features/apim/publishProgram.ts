// Publishing as a process of its own, so that it can be killed: the real journal on the disk, the real client over real sockets.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createArm } from '../../../../src/arm/arm';
import { tokenCredential } from '../../../../src/arm/tokenCredential';
import { AtomicFiles } from '../../../../src/base/atomicFiles';
import type { SecretBox } from '../../../../src/base/ports';
import type { ApiDefinition } from '../../../../src/features/apim/definition/definition';
import type { ApimInstance } from '../../../../src/features/apim/instance';
import { apply } from '../../../../src/features/apim/publish/apply';
import { PublishJournal } from '../../../../src/features/apim/publish/journal';
import { makePlan } from '../../../../src/features/apim/publish/plan';
import { newPublishing, type Publishing } from '../../../../src/features/apim/publish/publishing';
import { PublishSteps } from '../../../../src/features/apim/publish/steps';
import { undo } from '../../../../src/features/apim/publish/undo';
import { createTransport } from '../../../../src/http/transport';
import { systemClock } from '../../../../src/model/clock';
import { Emitter } from '../../../../src/model/lifetime';

/** What the process is to do: begin a publishing, or go on with what the folder has; then, when it is told so, take it back. */
export interface PublishOrder {
  readonly work: 'begin' | 'carryOn';
  readonly folder: string;
  readonly token: string;
  readonly serviceKey: string;
  readonly instance: ApimInstance;
  readonly definition: ApiDefinition;
}

const mostPauseMs = 20;

export const publishingKey = '0mx1eapqv-ucqqn66hm4pz';

/** A secret store in a file, as whole after a kill as VS Code's own. */
function secretsIn(file: string): SecretBox {
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

async function run(order: PublishOrder): Promise<void> {
  const { instance, definition, folder } = order;
  const { signal } = new AbortController();
  const transport = createTransport({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} });
  const url = instance.endpointUrl;
  const endpoint = { url, credential: () => Promise.resolve(tokenCredential(url, order.token)) };
  // Long operations are over at once here, and are asked for accordingly.
  const clock = { sleep: (ms: number, until: AbortSignal) => systemClock.sleep(Math.min(ms, mostPauseMs), until) };
  const arm = createArm(endpoint, { transport, clock, log: () => undefined });
  const journal = new PublishJournal(new AtomicFiles(join(folder, 'publishings')), secretsIn(join(folder, 'secrets.json')));
  const open = async (): Promise<Publishing> => {
    if (order.work === 'begin') {
      const begun = newPublishing(publishingKey, 0, instance, definition, await makePlan(arm, instance, definition, signal));
      return journal.write(begun);
    }
    const entry = await journal.read(publishingKey);
    if (entry.kind !== 'publishing') throw new Error(`The journal has none: ${entry.kind}`);
    return entry.publishing;
  };
  const steps = new PublishSteps({ arm, journal, askServiceKey: () => Promise.resolve(order.serviceKey) }, await open());
  const told = new Promise((resolve) => process.once('message', resolve));
  await apply(steps, signal);
  process.send?.({ publishing: steps.publishing });
  await told;
  await undo(steps, signal);
  process.send?.({ publishing: steps.publishing });
  await transport.close();
}

const [, , order = '{}'] = process.argv;
run(JSON.parse(order)).catch((error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }))
  .finally(() => process.disconnect());
