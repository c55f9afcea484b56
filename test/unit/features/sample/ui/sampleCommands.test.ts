// Stopping the sample: who leaves at the question has stopped nothing, and what is under way in it is named.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { stopSample } from '../../../../../src/features/sample/ui/sampleCommands';
import { newPerson, person } from '../../apim/access/accessEditor';

vi.mock('vscode', async () => (await import('../../apim/access/accessEditor')).vscodeMock);
vi.mock('../../../../../src/ui/ask', async () => (await import('../../apim/access/accessEditor')).askMock);
vi.mock('../../../../../src/ui/notices', async () => (await import('../../apim/access/accessEditor')).noticesMock);

let stops = 0;
beforeEach(() => {
  newPerson();
  stops = 0;
});

type Running = Parameters<typeof stopSample>[0]['sample']['workspace'];
const isWorkspace = (value: unknown): value is Running => isObject(value);
const workspace: unknown = { services: [{ address: 'http://127.0.0.1:1/score' }] };
expect.assert(isWorkspace(workspace));
const stop = (jobs: number, instances: number, keeps = true): Promise<void> => stopSample({
  sample: { workspace, keeps, stop: () => void (stops += 1) }, openJobs: () => jobs, openInstances: () => instances,
});

describe('stopping the sample', () => {
  it('asks nothing where nothing is under way', async () => {
    await stop(0, 0);
    expect([person.asked, stops]).toEqual([[], 1]);
  });
  const jobsKept = 'Its jobs and the local storage are kept, and go on when it is started again.';
  const jobsLost = 'It could keep jobs and the local storage in memory only: they end with it.';
  const one = 'An instance of its API Management is being created, restored or deleted:';
  const two = '2 instances of its API Management are being created, restored or deleted:';
  const [goes, ends] = ['that goes on when it is started again.', 'that ends with it.'];
  it.each([
    [1, 0, true, 'Stop the sample service? One of its batch jobs is not over.', jobsKept],
    [0, 1, true, 'Stop the sample service?', `${one} ${goes}`],
    [0, 1, false, 'Stop the sample service?', `${one} ${ends}`],
    [2, 2, true, 'Stop the sample service? 2 of its batch jobs are not over.', `${jobsKept} ${two} ${goes}`],
    [2, 2, false, 'Stop the sample service? 2 of its batch jobs are not over.', `${jobsLost} ${two} ${ends}`],
  ])('with %i jobs and %i instances under way (kept: %s)', async (jobs, instances, keeps, title, detail) => {
    newPerson('Esc');
    await expect(stop(jobs, instances, keeps)).rejects.toMatchObject({ name: 'Cancelled' });
    expect([person.asked, stops]).toEqual([[{ title, detail, labels: ['Stop'] }], 0]);
    newPerson('Stop');
    await stop(jobs, instances, keeps);
    expect(stops).toBe(1);
  });
});
