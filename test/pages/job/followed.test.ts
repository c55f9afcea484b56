// A job that is followed by its id alone: the page does not claim to know what it was made of.

import { expect, test } from 'vitest';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { about, job } from '../support/jobSamples';

let shown: AnswerPage;
openForEachTest('job', (page) => {
  shown = page;
});

test('does not claim to know what a followed job was made of', async () => {
  await shown.tell(about(job({ submittedElsewhere: true, inputs: [], outputs: [], parameters: [], history: [] })));
  const notKnown = 'Not known here: the job was submitted elsewhere, and is followed by its ID.';
  expect((await shown.page.locator('.overview p.muted').allTextContents()).slice(0, 3)).toEqual([notKnown, notKnown, notKnown]);
});
