// Every question to the person. Esc throws Cancelled, so that a command reads as a straight line.

import * as vscode from 'vscode';
import { Cancelled } from '../model/errors';
import { plain } from './plain';

/** A question that is answered with a text. */
export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeHolder?: string;
  /** True hides what is typed. */
  readonly secret?: boolean;
  /** Why an answer will not do, or undefined when it will. */
  readonly check: (value: string) => string | undefined;
}

/** Asks for a text that passes its check. */
export async function askText(question: TextQuestion): Promise<string> {
  const answer = await vscode.window.showInputBox({
    title: question.title,
    prompt: plain(question.prompt),
    ...(question.value === undefined ? {} : { value: question.value }),
    ...(question.placeHolder === undefined ? {} : { placeHolder: question.placeHolder }),
    password: question.secret === true,
    ignoreFocusOut: true,
    // A secret is not checked while it is typed: an error under a half-typed key helps nobody.
    validateInput: (value) => {
      const reason = question.secret && value === '' ? undefined : question.check(value);
      return reason === undefined ? undefined : plain(reason);
    },
  });
  if (answer === undefined) throw new Cancelled();
  const reason = question.check(answer);
  // Enter on an empty secret passes validateInput; ask again, with the reason.
  return reason === undefined ? answer : askText({ ...question, prompt: `${reason} ${question.prompt}` });
}

/** One of several things to choose from. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks which one. */
export async function askChoice<T>(title: string, placeHolder: string, choices: readonly Choice<T>[]): Promise<T> {
  const chosen = await vscode.window.showQuickPick(choices, { title, placeHolder, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true });
  if (!chosen) throw new Cancelled();
  return chosen.value;
}

/** Asks whether to do something that cannot be taken back; throws Cancelled unless the answer is the given word. */
export async function askToConfirm(question: string, detail: string, yes: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(plain(question), { modal: true, detail }, yes);
  if (answer !== yes) throw new Cancelled();
}

/** Asks which of several ways to do something that cannot be taken back; throws Cancelled when none is chosen. */
export async function askWhich(question: string, detail: string, ways: readonly string[]): Promise<string> {
  const answer = await vscode.window.showWarningMessage(plain(question), { modal: true, detail }, ...ways);
  if (answer === undefined) throw new Cancelled();
  return answer;
}
