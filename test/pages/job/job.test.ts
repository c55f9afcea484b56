// What the job page shows and says in each state, which buttons it has, and what it tells the editor.

import { describe, expect, test } from 'vitest';
import type { JobAction } from '../../../src/features/jobs/messages';
import { openForEachTest } from '../support/eachTest';
import type { AnswerPage } from '../support/harness';
import { about, failed, finished, heads, job, jobStates, tableView } from '../support/jobSamples';

let shown: AnswerPage;
const { open } = openForEachTest('job', (page) => {
  shown = page;
});

const text = (selector: string): Promise<string> => shown.page.locator(selector).innerText();
const press = (name: string): Promise<void> => shown.page.getByRole('button', { name, exact: true }).click();
const tab = (name: string): Promise<void> => shown.page.getByRole('tab', { name, exact: true }).click();
const selectedTab = (): Promise<string> => text('[role=tab][aria-selected=true]');
const focused = (): Promise<string> => shown.page.evaluate('document.activeElement.getAttribute("data-focus") ?? document.activeElement.className');
const state = (name: string): Promise<void> => shown.tell(...(jobStates[name] ?? []));

describe('the head', () => {
  test('asks for its job, and tells how it stands', async () => {
    expect(await shown.page.evaluate('window.editorMessages')).toEqual([{ type: 'ready' }]);
    await state('running');
    expect([await text('h1'), await text('.badge')]).toEqual(['customers-2026-05.csv', 'Running']);
    expect(await text('[role=status]')).toBe('customers-2026-05.csv: Running.');
    expect(await shown.page.locator('.facts li').allTextContents()).toEqual(['Service: Churn, weekly', expect.stringMatching(/^Began: .*08:03:59/), expect.stringMatching(/^Duration: 3 min 1[2-5] s$/), expect.stringMatching(/^Next check in (9|1[0-2]) s$/)]);
    await press('Copy Job ID');
    expect(await shown.sent()).toEqual([{ type: 'job', action: 'copyId' }]);
  });

  test('counts on by the page’s own clock, and says when the time has come', async () => {
    await shown.page.evaluate('Date.now = () => 86_400_000');
    await shown.tell(about(job({ elapsedMs: 59_000, nextLookMs: 1200 })));
    expect(await text('.facts')).toMatch(/59 s|1 min 0 s/);
    await expect.poll(() => text('.facts'), { timeout: 10_000 }).toMatch(/1 min [1-5] s[^]*Checking now/);
  });

  test('counts down to the next try of a busy service', async () => {
    await shown.tell(about(job({ nextTryMs: 3000, actions: ['stopWaiting'] })));
    expect(await shown.page.locator('.facts li').last().textContent()).toMatch(/^Next try in [23] s$/);
    await expect.poll(() => text('.facts'), { timeout: 10_000 }).toMatch(/Trying now/);
  });

  test('stands still when the job is over', async () => {
    await shown.tell(about(finished({ elapsedMs: 183_900_000 })));
    await shown.page.waitForTimeout(600);
    expect(await shown.page.locator('.facts li').nth(3).textContent()).toBe('Duration: 2 d 3 h');
    expect(await shown.page.locator('.facts li').count()).toBe(4);
  });

  test('says from when to when a job was there, and of which day that was as soon as another has begun', async () => {
    const [began, ended] = [new Date(2026, 4, 12, 8, 3, 59).getTime(), new Date(2026, 4, 12, 9, 8, 4).getTime()];
    const own = await open({ own: true });
    const times = async (): Promise<readonly string[]> => (await own.page.locator('.facts li').allTextContents()).slice(1, 3);
    await own.page.clock.install({ time: ended });
    await own.tell(about(finished({ timeline: [{ label: 'Created', at: began }, { label: 'Finished', at: ended }] })));
    expect(await times()).toEqual(['Began: 08:03:59', 'Ended: → 09:08:04']);
    expect(await own.page.getByTitle('Tuesday 12 May 2026 at 08:03:59').first().isVisible()).toBe(true);
    await own.page.clock.setSystemTime(ended + 86_400_000);
    await own.page.clock.runFor(61_000);
    expect(await times()).toEqual(['Began: 12 May 2026, 08:03:59', 'Ended: → 09:08:04']);
    await own.close();
  });

  test('says that a job is no longer there, and comes back', async () => {
    await state('running');
    await state('gone');
    expect(await text('.placard h1')).toBe('This job is no longer there');
    expect(await text('[role=status]')).toBe('This job is no longer there.');
    await state('running');
    expect(await text('h1')).toBe('customers-2026-05.csv');
  });
});

describe('buttons', () => {
  const labels: Readonly<Record<JobAction, string>> = {
    start: 'Start', carryOn: 'Carry On', stopUpload: 'Stop Upload', stopWaiting: 'Stop Waiting', cancel: 'Cancel Job…', delete: 'Delete…', runAgain: 'Run Again', submitAnew: 'Submit Anew…', checkNow: 'Check Now',
    copyId: 'Copy Job ID', copyStatus: 'Copy Status as JSON', download: 'Download All Results…', cleanUp: 'Clean Up Blobs…', openBody: 'Open Body',
  };

  test('that runs a job again says with what', async () => {
    await shown.tell(about(job({ actions: ['runAgain'] })));
    const title = await shown.page.getByRole('button', { name: 'Run Again' }).getAttribute('title');
    expect(title).toContain('with the same input that was uploaded');
  });

  test('are there for each action, and say what was pressed', async () => {
    const actions = (['start', 'carryOn', 'stopUpload', 'stopWaiting', 'cancel', 'delete', 'runAgain', 'submitAnew', 'checkNow', 'copyId', 'copyStatus', 'download', 'cleanUp', 'openBody'] as const);
    await shown.tell(about(job({ actions })));
    const icons = ['carryOn', 'stopUpload'];
    for (const action of actions) {
      if (action === 'start' || icons.includes(action)) {
        await press(labels[action]);
        continue;
      }
      await press('More Actions');
      await shown.page.getByRole('menuitem', { name: labels[action], exact: true }).click();
    }
    expect(await shown.sent()).toEqual(actions.map((action) => ({ type: 'job', action })));
    expect(await shown.page.locator('.button.primary').allInnerTexts()).toEqual(['Start']);
  });

  test.each<[readonly JobAction[], readonly string[]]>([[['carryOn', 'delete'], ['Carry On']], [['checkNow', 'cancel'], []], [['runAgain', 'delete'], []], [[], []]])('%j: the one that brings the job forward stands out', async (actions, primary) => {
    await shown.tell(about(job({ actions })));
    expect(await shown.page.locator('.header-actions .primary').allInnerTexts()).toEqual(primary);
  });

  test('of a menu are not offered any longer once what it was opened for is drawn anew, and the focus goes to the new button', async () => {
    const menu = shown.page.getByRole('menu');
    await state('running');
    await press('More Actions');
    await shown.tell(about(job({ elapsedMs: 193_000 })));
    expect(await menu.count()).toBe(1);
    await shown.tell(about(finished()));
    expect([await menu.count(), await focused()]).toEqual([0, 'more-actions']);
    await shown.page.keyboard.press('Enter');
    await shown.page.keyboard.press('Escape');
    expect([await menu.count(), await focused()]).toEqual([0, 'more-actions']);
    await shown.page.keyboard.press('Enter');
    await state('gone');
    expect([await menu.count(), await focused()]).toEqual([0, 'stage']);
  });

  test('keep the focus when news come, and give it to the page when they go', async () => {
    await state('running');
    await shown.page.getByRole('button', { name: 'Check Now' }).focus();
    await shown.tell(about(job({ nextLookMs: 5000, actions: ['checkNow', 'cancel'] })));
    expect(await focused()).toBe('job-checkNow');
    await shown.tell(about(job({ actions: ['cancel'] })));
    expect(await focused()).toBe('stage');
  });
});

test('an upload shows how much, how fast and how long, and ends', async () => {
  await state('uploading');
  expect(await text('.upload-words')).toBe('36% · 9 MB of 25 MB · 1.2 MB a second · 13 s left');
  const bar = shown.page.getByRole('progressbar');
  expect([await bar.getAttribute('aria-valuenow'), await bar.getAttribute('aria-valuetext')]).toEqual(['36', '9 MB of 25 MB']);
  await shown.tell(about(job({ upload: { file: 'b.csv', doneBytes: 0, totalBytes: 0 } })));
  expect(await text('.upload-words')).toBe('0% · 0 bytes of 0 bytes');
  await state('running');
  expect(await bar.count()).toBe(0);
});

describe('a failed job', () => {
  test('shows what failed, what to do and, on demand, all that the service said', async () => {
    await state('failed');
    expect(await shown.page.getByRole('alert').locator('p').allInnerTexts()).toEqual([failed.problem?.sentence, failed.problem?.advice]);
    expect(await text('.problem .quoted')).toContain('Request ID: d605052f');
    expect(await shown.page.getByRole('alert').getByRole('button').allInnerTexts()).toEqual(['Show Log', 'Try Again']);
    await press('Try Again');
    expect(await shown.sent()).toEqual([{ type: 'action', action: 'retry' }]);
    expect(await shown.page.locator('.job-details pre').isVisible()).toBe(false);
    await shown.page.getByText('Full Response').focus();
    await shown.page.keyboard.press('Enter');
    expect(await text('.job-details pre')).toBe(failed.details);
    await shown.tell(about({ ...failed, elapsedMs: 5 }));
    expect(await shown.page.locator('.job-details pre').isVisible()).toBe(true);
  });

  test('with results has what went wrong on one line below the data', async () => {
    const rowTop = async (): Promise<number> => (await shown.page.locator('.grid .row').first().boundingBox())?.y ?? NaN;
    const { problem, details } = failed;
    expect.assert(problem !== undefined && details !== undefined);
    const view = finished();
    await shown.tell(about(view, heads, { open: 0 }), { type: 'result', index: 0, result: tableView() });
    const top = await rowTop();
    await shown.tell(about({ ...view, problem, details }, heads));
    expect(await rowTop()).toBe(top);
    expect(top).toBeLessThan(150);
    const alert = shown.page.getByRole('alert');
    expect([await alert.locator('p:visible').allInnerTexts(), (await alert.boundingBox())?.height]).toEqual([[problem.sentence], expect.closeTo(29, 0)]);
    expect((await alert.boundingBox())?.y).toBeGreaterThan(top + 200);
    await press('Show All of It');
    expect(await text('.problem .quoted')).toContain('Request ID: d605052f');
    await shown.page.getByRole('button', { name: 'Try Again' }).focus();
    await shown.tell(about({ ...view, problem, details }));
    expect([await focused(), (await alert.boundingBox())?.y]).toEqual(['action-retry', expect.closeTo(38, -1)]);
  });

  test('has notes in sentences', async () => {
    await state('notKnown');
    expect((await shown.page.locator('.notes li').allInnerTexts())[0]).toContain('it does nothing and costs nothing');
  });
});

/** The contrast of a colour, which may let some of it through, to the ground it stands on. */
function contrast(colour: string, ground: string): number {
  const [numbers, [red = 0, green = 0, blue = 0]] = [partsOf(colour), partsOf(ground)];
  const alpha = numbers[3] ?? 1;
  const mixed = [red, green, blue].map((part, index) => alpha * (numbers[index] ?? 0) + (1 - alpha) * part);
  const [one, other] = [luminance(mixed), luminance([red, green, blue])];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function partsOf(colour: string): readonly number[] {
  expect(colour).toMatch(/^rgba?\(/);
  return (colour.match(/[\d.]+/g) ?? []).map(Number);
}

function luminance(parts: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => part / 255).map((part) => (part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the overview', () => {
  test('lists the steps with times and what lies between them', async () => {
    await shown.tell(about(finished(), heads));
    const steps = await shown.page.locator('.timeline li').evaluateAll((all) => all.map((each) => each.textContent));
    expect(steps.map((each) => each.replace(/^.*?(after|not yet|$)/, '$1'))).toEqual(['', 'after 42 s', 'after 2 s', 'after 1 s', '', 'after 1 h 3 min']);
    expect(await shown.page.locator('.timeline time').first().getAttribute('datetime')).toBe('2026-05-12T08:03:59.000Z');
    expect(steps[0]).toContain('12 May 2026');
  });

  const clocks = [[999, 1001, 'after 1 s'], [1000, 1999, 'after 0 s'], [1500, 1200, 'after 0 s'], [2000, 1999, '']] as const;
  test.each(clocks)('what lies between steps at %d and %d ms is told by the seconds that are shown: %s', async (one, other, took) => {
    await shown.tell(about(job({ timeline: [{ label: 'Created', at: one }, { label: 'Uploaded', at: other }] })));
    const when = await shown.page.locator('.step').nth(1).locator('.step-when').innerText();
    expect(when.replace(/^[^]*?(after|$)/, '$1')).toBe(took);
  });

  const themes = ['dark', 'light', 'contrast', 'contrast-light'] as const;
  test.each(themes.flatMap((theme) => [[theme, 900] as const, [theme, 320] as const]))('the line from step to step can be seen in %s at %d', async (theme, width) => {
    const other = await open({ theme, width });
    await other.tell(about(job()));
    const [line = '', ground = ''] = await other.page.evaluate<readonly string[]>(`(() => {
      const style = getComputedStyle(document.querySelector('.step'), '::after');
      return [parseFloat(style.borderTopWidth) ? style.borderTopColor : style.borderLeftColor, getComputedStyle(document.body).backgroundColor];
    })()`);
    expect(contrast(line, ground)).toBeGreaterThan(4.5);
    await other.close();
  });

  test('marks the last step by how the job ended', async () => {
    await state('failed');
    expect(await shown.page.locator('.step').last().getAttribute('class')).toBe('step failed');
  });

  test('says at the step that a running job has come to how long it runs and when it is asked for, and goes on', async () => {
    const current = (): Promise<string[]> => shown.page.locator('.step[aria-current=step]').evaluateAll((all) => all.map((each) => [...each.querySelectorAll('.step-label, .step-now > span')].map((part) => part.textContent).join(' | ')));
    await shown.tell(about(job({ nextLookMs: 1200 })));
    expect(await selectedTab()).toBe('Overview');
    expect(await current()).toEqual([expect.stringMatching(/^Started \| Running \| 3 min 1[2-5] s \| Next check in [12] s$/)]);
    await expect.poll(current).toEqual([expect.stringMatching(/Checking now$/)]);
    await state('finished');
    expect(await current()).toEqual([]);
  });

  test('says how far an upload is at the step that it is part of, while those before it are over', async () => {
    await state('uploading');
    const current = shown.page.locator('[aria-current=step]');
    expect([await current.innerText(), await current.getAttribute('class')]).toEqual(['Uploaded\nUploading\n36 %', 'step sending']);
    expect(await shown.page.locator('.step').first().getAttribute('class')).toBe('step ok');
  });

  test('is one line of steps where there is room, and a list where there is not', async () => {
    const tops = async (): Promise<number> => new Set(await shown.page.locator('.step').evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().top)))).size;
    await state('finished');
    expect(await tops()).toBe(1);
    await shown.page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(tops).toBe(6);
  });

  test('has the history folded, which stays open when news come', async () => {
    await state('running');
    const history = shown.page.locator('.history');
    expect(await history.isVisible()).toBe(false);
    await shown.page.getByText('History', { exact: true }).click();
    expect(await history.locator('li').count()).toBe(4);
    await shown.tell(about(finished({ history: [...job().history, { at: 1, text: 'Finished' }] })));
    expect([await history.isVisible(), await history.locator('li').count()]).toEqual([true, 5]);
  });

  test('does not claim to know what a followed job was made of', async () => {
    await shown.tell(about(job({ submittedElsewhere: true, inputs: [], outputs: [], parameters: [], history: [] })));
    const notKnown = 'Not known here: the job was submitted elsewhere, and is followed by its ID.';
    expect((await shown.page.locator('.overview p.muted').allTextContents()).slice(0, 3)).toEqual([notKnown, notKnown, notKnown]);
  });

  test('has a sentence where there is nothing', async () => {
    await state('prepared');
    expect(await shown.page.locator('.overview p.muted').allTextContents()).toEqual(['No place was chosen for the outputs: the service writes them to storage of its own.', 'None: the service reads data of its own.', 'None were set: the service uses its own values.', 'Nothing has happened yet.']);
    await shown.tell(about(finished({ outputs: [] })));
    expect(await text('[aria-label=Outputs] .muted')).toBe('The service told of no outputs.');
  });

  test('survives times that no calendar has', async () => {
    await shown.tell(about(job({ timeline: [{ label: 'Made', at: 1e300 }], history: [{ at: -1e300, text: 'Odd' }] })));
    expect(await shown.page.locator('.history').textContent()).toContain('Odd');
  });

  test('opens a result: its tab is shown, takes the focus, and it is asked for once', async () => {
    await shown.tell(about(finished(), heads));
    await shown.page.locator('[data-focus=open-1]').click();
    expect([await selectedTab(), await focused()]).toEqual(['model', 'tab-result-1']);
    expect(await shown.sent()).toEqual([{ type: 'openResult', result: 1 }]);
    await shown.tell({ type: 'result', index: 1, result: { kind: 'reading' } });
    await tab('Overview');
    await tab('model');
    expect(await shown.sent()).toHaveLength(1);
  });
});
