// Every question to the person. Esc throws Cancelled, so that a command reads as a straight line.

import * as vscode from 'vscode';
import { Cancelled } from '../model/errors';
import { plain, type PlainText } from './plain';

/** A question that is answered with a text. */
export interface TextQuestion {
  readonly title: PlainText;
  readonly prompt: PlainText;
  readonly value?: string;
  readonly placeHolder?: PlainText;
  /** True hides what is typed. */
  readonly secret?: boolean;
  /** Why an answer will not do, or undefined when it will. */
  readonly check: (value: string) => string | undefined;
}

/** Asks for a text that passes its check. */
export async function askText(question: TextQuestion): Promise<string> {
  const answer = await vscode.window.showInputBox({
    title: question.title,
    prompt: question.prompt,
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
  return reason === undefined ? answer : askText({ ...question, prompt: plain`${reason} ${question.prompt}` });
}

/** One of several things to choose from. */
export interface Choice<T> {
  /** The name of a codicon that stands before the label. */
  readonly icon?: string;
  readonly label: PlainText;
  readonly description?: PlainText;
  readonly detail?: PlainText;
  /** True for what stays in the list whatever is typed. */
  readonly alwaysShow?: boolean;
  readonly value: T;
}

/** Asks which one. */
export async function askChoice<T>(title: PlainText, placeHolder: PlainText, choices: readonly Choice<T>[]): Promise<T> {
  const items = choices.map(({ icon, label, ...rest }) => ({ ...rest, label: icon === undefined ? label : `$(${icon}) ${label}` }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!chosen) throw new Cancelled();
  return chosen.value;
}

/** Asks which of several, none of them too. */
export async function askSeveral<T>(title: PlainText, placeHolder: PlainText, choices: readonly Choice<T>[]): Promise<readonly T[]> {
  const items = choices.map(({ icon, label, ...rest }) => ({ ...rest, label: icon === undefined ? label : `$(${icon}) ${label}` }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!chosen) throw new Cancelled();
  return chosen.map(({ value }) => value);
}

/** Asks whether to do something that cannot be taken back; throws Cancelled unless the answer is the given word. */
export async function askToConfirm(question: PlainText, detail: PlainText | undefined, yes: PlainText): Promise<void> {
  await askWhich(question, detail, [yes]);
}

/**
 * Asks which of several ways to do something that cannot be taken back, and gives back its place in the list; throws Cancelled when none is
 * chosen.
 */
export async function askWhich(question: PlainText, detail: PlainText | undefined, ways: readonly PlainText[]): Promise<number> {
  const buttons = ways.map((title) => ({ title }));
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, ...(detail === undefined ? {} : { detail }) }, ...buttons);
  const index = chosen === undefined ? -1 : buttons.indexOf(chosen);
  if (index < 0) throw new Cancelled();
  return index;
}
