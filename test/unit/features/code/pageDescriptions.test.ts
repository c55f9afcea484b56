// What the page of a service is told of its description: when the service is asked, when not, and what becomes of it.

import { expect, it } from 'vitest';
import { PageDescriptions } from '../../../../src/features/code/pageDescriptions';
import type { DescriptionState } from '../../../../src/features/description';
import { Cancelled } from '../../../../src/model/errors';
import type { Service } from '../../../../src/model/service';
import { toService } from '../../../../src/protocols/newService';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { classic, read } from '../../protocols/studio/description/documents';

function serviceAt(address: string): Service {
  const reading = parseEndpoint(address);
  expect.assert(reading.ok);
  return toService({ name: 'Trees', endpoint: reading.endpoint });
}

const service = serviceAt('https://trees.example/workspaces/forest/services/heights');
const known: DescriptionState = { kind: 'known', description: read(classic()), fetchedAt: 0 };
const failed: DescriptionState = { kind: 'failed', problem: { sentence: 'Nobody answers.', actions: ['setServiceKey', 'retry'] } };

/** A page over descriptions of which nothing is known before they were asked for; `answers` come in turn. */
function pageOver(...answers: readonly (DescriptionState | Error)[]) {
  const told: string[] = [];
  const signals: AbortSignal[] = [];
  const left = [...answers];
  let state: DescriptionState | undefined;
  const page = new PageDescriptions({
    has: ({ name }) => name !== 'Mute',
    known: () => Promise.resolve(state),
    get: async (_, signal) => {
      signals.push(signal);
      await Promise.resolve();
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      if (answer?.kind === 'known') state = answer;
      return answer;
    },
  }, (address) => told.push(address));
  return { page, told, signals, settle: () => new Promise((resolve) => setTimeout(resolve, 0)) };
}

it('asks once, tells when there is something, and has requests made from it', async () => {
  const { page, told, signals, settle } = pageOver(known);
  expect(await page.of(service)).toMatchObject({ described: { state: 'reading' } });
  await settle();
  expect(told).toEqual([service.address]);
  const { described, made } = await page.of(service);
  expect(described).toMatchObject({ state: 'known', tables: [{ title: 'Input input1', open: true }, { title: 'Global Parameters' }, { title: 'Output output1', open: false }] });
  expect(JSON.parse(made?.['table'] ?? '')).toMatchObject({ Inputs: { input1: { ColumnNames: ['Kind', 'Age', 'Soil "pH"'] } } });
  expect(JSON.parse(made?.['rows'] ?? '')).toMatchObject({ Inputs: { input1: [{ Kind: 'oak' }] } });
  expect(signals).toHaveLength(1);
});

it('does not ask again and again what it was not told, until the page is opened anew', async () => {
  const { page, signals, settle } = pageOver(failed, failed);
  await page.of(service);
  await settle();
  expect(await page.of(service)).toEqual({ described: { state: 'unknown', sentence: 'Nobody answers.', actions: ['setServiceKey'], tables: [], notUnderstood: [] } });
  await page.of(service);
  expect(signals).toHaveLength(1);
  page.reset();
  expect(await page.of(service)).toMatchObject({ described: { state: 'reading' } });
  expect(signals).toHaveLength(2);
});

it('stops asking when the page goes, and then tells nothing', async () => {
  const { page, told, signals, settle } = pageOver(new Cancelled());
  await page.of(service);
  page.reset();
  await settle();
  expect([signals[0]?.aborted, told]).toEqual([true, []]);
});

it('says that a service could not be asked, and asks no second time by itself', async () => {
  const { page, signals, settle } = pageOver(new Error('The secret store is locked.'), known);
  await page.of(service);
  await settle();
  expect(await page.of(service)).toMatchObject({ described: { state: 'unknown', sentence: 'The service could not be asked for its description.' } });
  expect(signals).toHaveLength(1);
});

it('asks no gateway by itself, and no service of a kind that tells nothing', async () => {
  const { page, signals } = pageOver(known, known);
  expect(await page.of(serviceAt('https://team.azure-api.net/models/workspaces/w/services/s'))).toMatchObject({ described: { state: 'notAsked' } });
  expect(await page.of({ ...service, name: 'Mute' })).toMatchObject({ described: { state: 'unknown', sentence: 'Services of this kind do not describe themselves.' } });
  expect(signals).toEqual([]);
});
