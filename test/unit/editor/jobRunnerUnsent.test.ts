// A submission that fails before anything is sent, as when the secret store does not give the key.

import { expect, it } from 'vitest';
import { LocalFailure } from '../../../src/model/errors';
import { Bench, draft } from './runnerBench';

it('a submission that could not be sent is as if it had not begun', async () => {
  const bench = new Bench();
  const { key } = await bench.runner.create(draft());
  bench.throwsAtSubmit = new LocalFailure({ sentence: 'The secret store does not answer.' });
  await expect(bench.runner.carryOn(key)).rejects.toThrow('The secret store does not answer.');
  expect(bench.now(key)).toMatchObject({ step: 'uploaded', problem: { sentence: 'The secret store does not answer.' } });
  bench.throwsAtSubmit = undefined;
  expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started' });
  expect(bench.bodies).toHaveLength(1);
});
