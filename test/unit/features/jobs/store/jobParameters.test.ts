// Parameters of jobs in the secret store: kept as they were written, for one job each, and forgotten.

import { expect, it } from 'vitest';
import { JobParameters } from '../../../../../src/features/jobs/store/jobParameters';
import { MemoryBox } from '../../../base/secretBox';

it('keeps the text of each job as it was written', async () => {
  const box = new MemoryBox();
  const parameters = new JobParameters(box);
  const text = '{ "2": 1.10, "1": 12345678901234567890 }';
  await parameters.set('one', text);
  await parameters.set('two', '{"a":"b"}');
  expect(await new JobParameters(box).of('one')).toBe(text);
  await parameters.forget('one');
  expect(await parameters.of('one')).toBe('{}');
  expect(await parameters.of('two')).toBe('{"a":"b"}');
});

it('asks nothing of the secret store for a job without parameters', async () => {
  const box = new MemoryBox();
  const parameters = new JobParameters(box);
  await parameters.set('one', ' {\n} ');
  expect(box.texts.size).toBe(0);
  expect(await parameters.of('one')).toBe('{}');
});
