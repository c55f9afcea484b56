// What is asked before a publishing is undone.

import { expect, it } from 'vitest';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { isApiGone, undoDetail } from '../../../../../src/features/apim/publish/undoQuestion';
import { Computer, still } from './publishTools';

it('names what goes, what is put back, and that callers lose it', async () => {
  const steps = await new Computer().planned();
  expect(undoDetail(steps.publishing)).toBe('What others have changed since stays.');
  await apply(steps, still());
  expect(undoDetail(steps.publishing).split('\n')).toEqual([
    'Removed: named value "azureml-demo-key", API "AzureML Demo API", subscription "Team A".',
    'Put back as it was: product policy "Starter: policy".',
    'Those who call it are refused from then on.',
    'What others have changed since stays.',
  ]);
});

it('knows when the API is gone', async () => {
  const steps = await new Computer().planned();
  await apply(steps, still());
  expect(isApiGone(steps.publishing)).toBe(false);
  await undo(steps, still());
  expect(isApiGone(steps.publishing)).toBe(true);
});
