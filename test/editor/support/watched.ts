// Listens in on what the extension says, asks and shows. Tests and extension share VS Code's API object; each call goes on to VS Code.

import * as vscode from 'vscode';
import type { FromPage, ToPage } from '../../../src/features/scoring/messages';

/** A message in a corner of the window, or a modal one. */
export interface Message {
  readonly kind: 'error' | 'warning' | 'information';
  readonly text: string;
  readonly modal: boolean;
  readonly buttons: readonly string[];
}

/** A question with a list or a box. */
export interface Question {
  readonly kind: 'choice' | 'text';
  readonly title: string;
  readonly placeHolder: string;
  /** What can be chosen. */
  readonly choices: readonly vscode.QuickPickItem[];
  readonly secret: boolean;
  /** Label of the choice that VS Code has under its cursor; undefined until the list is shown. */
  focused: string | undefined;
  /** True when it was answered or left. */
  over: boolean;
}

/** A panel and what passed between it and its page. */
export interface WatchedPanel {
  readonly viewType: string;
  readonly panel: vscode.WebviewPanel;
  readonly toPage: ToPage[];
  readonly fromPage: FromPage[];
}

/** Everything seen so far, oldest first. */
export interface Watched {
  readonly messages: Message[];
  readonly questions: Question[];
  readonly panels: WatchedPanel[];
  /** Context keys that were set, with their latest values. */
  readonly contexts: Map<unknown, unknown>;
}

/** Each test file is a bundle of its own, so what they share is kept with the process. */
const shared = Symbol.for('azureml-web-services.tests.watched');

/** What was seen since VS Code started. */
export const watched: Watched = Reflect.get(globalThis, shared) ?? begin();

function begin(): Watched {
  const seen: Watched = { messages: [], questions: [], panels: [], contexts: new Map() };
  Reflect.set(globalThis, shared, seen);
  watchMessages(seen);
  watchQuestions(seen);
  watchPanels(seen);
  listenIn(vscode.commands, 'executeCommand', (call, ...args) => {
    const [id, key, value] = args;
    if (id === 'setContext') seen.contexts.set(key, value);
    return call(...args);
  });
  return seen;
}

type Call = (...args: unknown[]) => unknown;

/** Puts `around` in place of a function of `owner`; it is given the function itself, which it calls. */
function listenIn(owner: object, name: string, around: (call: Call, ...args: unknown[]) => unknown): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`VS Code has no ${name}.`);
  const call: Call = (...args) => Reflect.apply(original, owner, args);
  const done = Reflect.defineProperty(owner, name, { configurable: true, writable: true, value: (...args: unknown[]) => around(call, ...args) });
  if (!done) throw new Error(`${name} cannot be listened in on.`);
}

/** The label of a button, which is handed over as an object. */
function labelOf(button: unknown): string | undefined {
  const title: unknown = Object(button).title;
  return typeof title === 'string' ? title : undefined;
}

function watchMessages(seen: Watched): void {
  const kinds = { showErrorMessage: 'error', showWarningMessage: 'warning', showInformationMessage: 'information' } as const;
  for (const [name, kind] of Object.entries(kinds)) {
    listenIn(vscode.window, name, (call, text, ...rest) => {
      const modal = rest.some((each) => typeof each === 'object' && Object(each).modal === true);
      seen.messages.push({ kind, text: String(text), modal, buttons: rest.map(labelOf).filter((label) => label !== undefined) });
      return call(text, ...rest);
    });
  }
}

function watchQuestions(seen: Watched): void {
  const ask = (call: Call, question: Question, ...args: unknown[]): unknown => {
    seen.questions.push(question);
    const over = (): void => {
      question.over = true;
    };
    const answer = Promise.resolve(call(...args));
    answer.then(over, over);
    return answer;
  };
  listenIn(vscode.window, 'showQuickPick', (call, ...args) => {
    const [choices, options = {}] = args as [readonly vscode.QuickPickItem[], vscode.QuickPickOptions?];
    const question: Question = { kind: 'choice', title: options.title ?? '', placeHolder: options.placeHolder ?? '', choices, secret: false, focused: undefined, over: false };
    const onDidSelectItem = (item: vscode.QuickPickItem): void => {
      question.focused = item.label;
    };
    return ask(call, question, choices, { ...options, onDidSelectItem });
  });
  listenIn(vscode.window, 'showInputBox', (call, ...args) => {
    const [options = {}] = args as [vscode.InputBoxOptions?];
    return ask(call, { kind: 'text', title: options.title ?? '', placeHolder: options.placeHolder ?? '', choices: [], secret: options.password === true, focused: undefined, over: false }, ...args);
  });
  listenIn(vscode.window, 'createInputBox', (call) => {
    const box = call() as vscode.InputBox;
    listenIn(box, 'show', (show) => {
      const question: Question = { kind: 'text', title: box.title ?? '', placeHolder: box.placeholder ?? '', choices: [], secret: box.password, focused: undefined, over: false };
      seen.questions.push(question);
      box.onDidHide(() => {
        question.over = true;
      });
      return show();
    });
    return box;
  });
}

function watchPanels(seen: Watched): void {
  listenIn(vscode.window, 'createWebviewPanel', (call, viewType, ...rest) => {
    const panel = call(viewType, ...rest) as vscode.WebviewPanel;
    const entry: WatchedPanel = { viewType: String(viewType), panel, toPage: [], fromPage: [] };
    seen.panels.push(entry);
    panel.webview.onDidReceiveMessage((message: FromPage) => entry.fromPage.push(message));
    listenIn(panel.webview, 'postMessage', (post, message) => {
      entry.toPage.push(message as ToPage);
      return post(message);
    });
    return panel;
  });
}
