// Answers questions as the keyboard does, by VS Code's own commands. Text cannot be typed by any command; what stands in a box can be accepted.

import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { until } from './until';
import { watched, type Question } from './watched';

/** How long VS Code is given for one key before it is pressed again, in milliseconds. */
const keyMs = 200;

/** The question with this title that is open now, or the next one. */
export function question(title: string): Promise<Question> {
  return until(`"${title}" is asked`, () => watched.questions.find((each) => !each.over && each.title === title));
}

/** The question that is open now, or the next one. */
export function anyQuestion(): Promise<Question> {
  return until('something is asked', () => watched.questions.find((each) => !each.over));
}

/** Waits for a question and presses Enter; with a label, moves to that choice first. Gives the question back. */
export async function answer(title: string, label?: string): Promise<Question> {
  const asked = await question(title);
  if (asked.kind === 'choice') await until(`the choices of "${title}" are shown`, () => asked.focused);
  if (label !== undefined) await moveTo(asked, label);
  await press('workbench.action.acceptSelectedQuickOpenItem', asked);
  return asked;
}

/** Presses Esc. */
export function leave(asked: Question): Promise<void> {
  return press('workbench.action.closeQuickOpen', asked);
}

/** Presses Esc for whatever is open. */
export async function leaveAll(): Promise<void> {
  for (const asked of watched.questions.filter((each) => !each.over)) await leave(asked);
}

/** The labels that a question offers, without their icons. */
export function labels(asked: Question): string[] {
  return asked.choices.map((choice) => plain(choice.label));
}

async function moveTo(asked: Question, label: string): Promise<void> {
  assert.ok(labels(asked).includes(label), `"${label}" is not offered, but ${labels(asked).join(', ')}`);
  while (plain(asked.focused ?? '') !== label) {
    const before = asked.focused;
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await until('the cursor moves', () => asked.focused !== before);
  }
}

function plain(label: string): string {
  return label.replace(/^\$\([\w-]+\) /, '');
}

async function press(command: string, asked: Question): Promise<void> {
  await until(`"${asked.title}" is over`, async () => {
    await vscode.commands.executeCommand(command);
    // The answer comes on its own way; a second key must not meet the next question.
    for (const deadline = Date.now() + keyMs; !asked.over && Date.now() < deadline; ) await sleep(5);
    return asked.over;
  });
}
