// A box to type into that says something about what is typed, and has a button.

import * as vscode from 'vscode';
import type { PlainText } from './plain';

/** What the box shows. */
export interface InputBoxParts {
  readonly title: PlainText;
  readonly prompt: PlainText;
  readonly placeHolder: PlainText;
  readonly button: { readonly icon: string; readonly tooltip: PlainText };
}

/** The box, and the one way to put words below it. */
export interface PlainInputBox {
  readonly box: Pick<
    vscode.InputBox,
    'value' | 'onDidChangeValue' | 'onDidAccept' | 'onDidTriggerButton' | 'onDidHide' | 'show' | 'hide' | 'dispose'
  >;
  /** Says something about what is typed; nothing when called without words. */
  readonly say: (message?: PlainText, weight?: 'information' | 'error') => void;
}

/** Makes a box that stays when the focus leaves it. It is not shown yet. */
export function makeInputBox({ title, prompt, placeHolder, button }: InputBoxParts): PlainInputBox {
  const box = vscode.window.createInputBox();
  box.title = title;
  box.prompt = prompt;
  box.placeholder = placeHolder;
  box.buttons = [{ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.tooltip }];
  box.ignoreFocusOut = true;
  return {
    box,
    say: (message, weight = 'error') => {
      const severity = weight === 'error' ? vscode.InputBoxValidationSeverity.Error : vscode.InputBoxValidationSeverity.Info;
      box.validationMessage = message === undefined ? undefined : { message, severity };
    },
  };
}
