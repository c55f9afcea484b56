// A service that has no batch jobs says so before anything is asked for one.

import { beforeEach, expect, it, vi } from 'vitest';
import { runJob, type RunJobParts } from '../../../../../src/features/jobs/ui/runJob';
import { isObject } from '../../../../../src/base/shape';
import { toService } from '../../../../../src/protocols/newService';
import { parseEndpoint } from '../../../../../src/protocols/studio/endpoint';

const editor = vi.hoisted(() => ({ Uri: class Uri {
  constructor(readonly path: string) {}
}, asked: 0 }));
vi.mock('vscode', () => ({ Uri: editor.Uri, window: { showQuickPick: () => Promise.resolve(void (editor.asked += 1)) } }));

const reading = parseEndpoint('https://h.test/score');
expect.assert(reading.ok);
const service = toService({ name: 'Short', endpoint: reading.endpoint });

function isParts(value: unknown): value is RunJobParts {
  return isObject(value);
}

beforeEach(() => {
  editor.asked = 0;
});

it.each([['of the tree', service.address], ['of a file', new editor.Uri('/days.csv')]])('a service %s', async (_which, clicked) => {
  const parts: unknown = { services: { find: () => service }, serviceOfFile: { get: () => service.address } };
  expect.assert(isParts(parts));
  await expect(runJob(parts, clicked, undefined)).rejects.toThrow('"Short" has no batch jobs');
  expect(editor.asked).toBe(0);
});
