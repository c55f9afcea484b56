// Windows that are killed again and again at any moment while several jobs are under way: nothing is lost, and nothing is done twice.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chance } from '../../../unit/features/jobs/store/jobTools';
import { shows, startFixture, type Fixture, type Shown } from './jobKillsTools';

const kills = 18;
const jobs = 5;

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.end());

/** What a person would press: the first thing that is offered for a job that waits for one. */
function wanted({ job, interrupted, actions: [action] }: Shown): { readonly do: 'act'; readonly key: string; readonly action: 'carryOn' | 'start' | 'submitAnew' } | undefined {
  if (action !== 'carryOn' && action !== 'start' && action !== 'submitAnew') return undefined;
  return interrupted || job.problem !== undefined || job.step === 'notKnown' ? { do: 'act', key: job.key, action } : undefined;
}

it('jobs come to their end, each submitted as often as it says and run once', async ({ onTestFailed }) => {
  const seed = Number(process.env['KILLS_SEED'] ?? 1 + (Date.now() % 2_147_483_645));
  onTestFailed(() => void process.stderr.write(`The delays were those of KILLS_SEED=${seed}.\n`));
  const random = chance(seed);
  const place = await fixture.place();
  place.service.delay = () => random() * 120;
  place.storage.delay = () => random() * 60;
  const met = new Set<string>();
  /** Of all jobs that were ever on the disk. */
  const keys = new Set<string>();
  let made = 0;
  for (let kill = 0; kill < kills; kill++) {
    const window = await place.open();
    for (const shown of await window.list()) {
      if (shown.interrupted || shown.job.step === 'notKnown') met.add(shown.job.step);
      const order = wanted(shown);
      if (order) window.order(order);
    }
    if (made < jobs && kill % 2 === 0) window.order({ do: 'run', file: place.csv(`days${made++}.csv`, 20), parameters: '{"Run seconds":"0.2"}' });
    await sleep(30 + random() * 500);
    await window.kill();
    for (const { key } of place.journal()) keys.add(key);
  }
  place.service.delay = place.storage.delay = () => 0;
  const last = await place.open();
  const end = Date.now() + 40_000;
  for (let shown = await last.list(); shown.some(({ job }) => job.step !== 'ended'); shown = await last.list()) {
    if (Date.now() > end) throw new Error(`Jobs did not end: ${shown.map(({ state }) => state).join()}`);
    for (const each of shown) {
      const order = wanted(each);
      if (order) await last.tell(order);
    }
    await sleep(100);
  }
  const shown = await shows(last, (all) => all.length > 0);
  expect(shown.map(({ job }) => job.key).sort()).toEqual([...keys].sort());
  // A window that was killed before the file was written leaves no job at all.
  expect(shown.length).toBeLessThanOrEqual(made);
  expect(shown.map(({ state }) => state)).toEqual(shown.map(() => 'Finished'));
  expect(met.size, [...met].join()).toBeGreaterThan(0);

  const texts = shown.map(({ job }) => job.history.map(({ text }) => text));
  const count = (of: readonly string[], start: string): number => of.filter((text) => text.startsWith(start)).length;
  for (const lines of texts) expect(count(lines, 'Submission begins')).toBe(1 + count(lines, 'To be submitted anew'));
  const begun = texts.reduce((sum, lines) => sum + count(lines, 'Submission begins'), 0);
  const seen = await fixture.jobsSeen();
  expect(seen.length).toBeLessThanOrEqual(begun);
  // Of jobs whose submission was lost nobody knows the id, so nobody has started them.
  expect(seen.filter(({ starts }) => starts > 0).map(({ id }) => id).sort()).toEqual(shown.map(({ job }) => job.id).sort());
  await place.endAndCheck(last);
});
