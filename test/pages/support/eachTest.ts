// A page that is loaded anew for each test of a file.

import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startHarness, type AnswerPage, type Harness, type OpenOptions, type PageName } from './harness';

/**
 * Opens the page anew before each test and closes it afterwards; call it once, outside of tests. A test also fails when something ran or
 * was asked for that should not have been, unless the file looks for that itself. Gives a way to open further pages inside a test.
 */
export function openForEachTest(name: PageName, give: (page: AnswerPage) => void, { looksForHarm = true, ...options }: OpenOptions & { readonly looksForHarm?: boolean } = {}): Pick<Harness, 'open'> {
  let harness: Harness;
  let opened: AnswerPage;
  beforeAll(async () => {
    harness = await startHarness(name);
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    opened = await harness.open(options);
    give(opened);
  });
  afterEach(async () => {
    if (looksForHarm) expect(await opened.harm()).toEqual([]);
    await opened.close();
  });
  return { open: (others) => harness.open(others) };
}
