// The field for the tolerance while the two are compared: what is half entered stays, with the caret, and is given when it is entered.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { compare, type Compare } from '../support/compareSamples';
import { startHarness, type AnswerPage, type Harness } from '../support/harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('compare');
});
afterAll(() => harness.close());

const within = (tolerance: string, parts: Partial<Compare> = {}): Compare => compare({ tolerance, givenTolerance: tolerance, comparison: 2, ...parts });
const given = async ({ sent }: AnswerPage): Promise<readonly string[]> => (await sent()).flatMap((each) => (each.type === 'tolerance' ? [each.text] : []));
const focused = ({ page }: AnswerPage): Promise<unknown> => page.evaluate(`document.activeElement.getAttribute('data-focus')`);

test('a text that is half typed when the comparison comes is not given, and goes on where it was', async () => {
  const shown = await harness.open({ width: 1000 });
  const { page, tell, close } = shown;
  await tell(compare());
  const field = page.getByRole('textbox', { name: 'Tolerance for numbers' });
  await field.fill('1');
  await field.press('Enter');
  await tell({ type: 'comparing', key: 'one two' });
  await field.press('ControlOrMeta+a');
  await page.keyboard.type('0.5');
  await page.keyboard.press('ArrowLeft');
  await tell(within('1'));
  expect([await given(shown), await field.inputValue(), await focused(shown)]).toEqual([['1'], '0.5', 'tolerance']);
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  expect(await given(shown)).toEqual(['1', '0.25']);
  await close();
});

test.each(['Enter', 'Tab'])('a text that was typed to its end before the comparison came is given with %s', async (key) => {
  const shown = await harness.open({ width: 1000 });
  const { page, tell, close } = shown;
  await tell(compare());
  const field = page.getByRole('textbox', { name: 'Tolerance for numbers' });
  await field.press('ControlOrMeta+a');
  await page.keyboard.type('0.25');
  await tell(compare({ comparison: 2 }));
  expect(await given(shown)).toEqual([]);
  await page.keyboard.press(key);
  expect(await given(shown)).toEqual(['0.25']);
  await close();
});

test('what was in use is given again while something else is compared, also when a comparison in between has come', async () => {
  const shown = await harness.open({ width: 1000 });
  const { page, tell, close } = shown;
  await tell(compare());
  const field = page.getByRole('textbox', { name: 'Tolerance for numbers' });
  const enter = async (text: string): Promise<void> => {
    await field.fill(text);
    await field.press('Enter');
  };
  await enter('1');
  await enter('0');
  await enter('2');
  await tell(within('1'));
  expect(await field.inputValue()).toBe('2');
  await enter('1');
  expect(await given(shown)).toEqual(['1', '0', '2', '1']);
  await tell(within('2', { comparison: 3 }), within('1', { comparison: 4 }));
  await enter('2');
  expect(await given(shown)).toEqual(['1', '0', '2', '1', '2']);
  // A text is shown as the editor has read it.
  await enter('');
  await tell(compare({ givenTolerance: '', comparison: 5 }));
  expect(await field.inputValue()).toBe('0');
  await close();
});

test('what was refused stays to be mended, and is not refused twice', async () => {
  const shown = await harness.open({ width: 1000 });
  const { page, tell, close } = shown;
  await tell(compare());
  const field = page.getByRole('textbox', { name: 'Tolerance for numbers' });
  await field.fill('much');
  await field.press('Enter');
  await tell({ type: 'badTolerance', sentence: 'That is none.' }, compare({ comparison: 2 }));
  expect([await field.inputValue(), await field.getAttribute('aria-invalid'), await page.getByRole('alert').innerText()]).toEqual(['much', 'true', 'That is none.']);
  await field.press('Enter');
  await field.press('Tab');
  expect([await given(shown), await page.getByRole('alert').count()]).toEqual([['much'], 1]);
  await field.press('Escape');
  expect([await field.inputValue(), await given(shown), await page.getByRole('alert').count()]).toEqual(['0', ['much'], 0]);
  await close();
});

test('where the line has no room, the form stays open for what is half typed in it', async () => {
  const shown = await harness.open({ width: 320 });
  const { page, tell, close } = shown;
  await tell(compare());
  await page.getByRole('button', { name: 'More Actions' }).click();
  await page.getByRole('menuitem', { name: 'Tolerance for Numbers…' }).click();
  await tell(compare({ comparison: 2 }));
  expect(await focused(shown)).toBe('tolerance-form');
  await page.keyboard.type('0.2');
  await tell(compare({ comparison: 3 }));
  await page.keyboard.type('5');
  expect(await given(shown)).toEqual([]);
  await page.keyboard.press('Enter');
  expect(await given(shown)).toEqual(['0.25']);
  await tell(within('0.25', { comparison: 4 }));
  expect([await page.getByRole('dialog').count(), await focused(shown)]).toEqual([0, 'more-actions']);
  await close();
});

test('what was half typed for two others is gone with them', async () => {
  const shown = await harness.open({ width: 1000 });
  const { page, tell, close } = shown;
  await tell(compare());
  const field = page.getByRole('textbox', { name: 'Tolerance for numbers' });
  await field.fill('0.2');
  await tell(compare({ key: 'three four', comparison: 2, first: 2 }));
  expect([await field.inputValue(), await given(shown)]).toEqual(['0', []]);
  await close();
});

test('the form says what may be entered, and its button gives it, or closes it where nothing is other', async () => {
  const shown = await harness.open({ width: 460 });
  const { page, tell, close } = shown;
  await tell(compare());
  const form = page.getByRole('dialog', { name: 'Tolerance for numbers' });
  const apply = form.getByRole('button', { name: 'Apply' });
  const open = async (): Promise<void> => {
    await page.getByRole('button', { name: 'More Actions' }).click();
    await page.getByRole('menuitem', { name: 'Tolerance for Numbers…' }).click();
  };
  await open();
  expect(await form.innerText()).toContain('A number such as 0.1, or a percentage such as 1%.');
  await apply.click();
  expect([await given(shown), await form.count(), await focused(shown)]).toEqual([[], 0, 'more-actions']);
  await open();
  await page.keyboard.type('much');
  await apply.click();
  await tell({ type: 'badTolerance', sentence: 'That is none.' });
  expect([await given(shown), await focused(shown), await form.getByRole('alert').innerText()]).toEqual([['much'], 'tolerance-form', 'That is none.']);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1%');
  await apply.click();
  expect(await given(shown)).toEqual(['much', '1%']);
  await tell(within('1%'));
  expect([await form.count(), await focused(shown)]).toEqual([0, 'more-actions']);
  await close();
});

test.each([[1000, ['Tolerance']], [760, ['≈']]])('at %i px the field has a name that is seen', async (width, expected) => {
  const { page, tell, close } = await harness.open({ width });
  await tell(compare());
  expect(await page.locator('.compare-tolerance span').evaluateAll((all) => all.filter((each) => each.checkVisibility()).map((each) => each.textContent))).toEqual(expected);
  expect(await page.getByRole('textbox', { name: 'Tolerance for numbers' }).isVisible()).toBe(true);
  await close();
});
