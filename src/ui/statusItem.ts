// An item of the status bar, whose words are shown as they are.

import * as vscode from 'vscode';
import type { Disposable } from '../model/lifetime';
import type { PlainText } from './plain';

/** What stays the same about an item. */
export interface StatusItemParts {
  readonly id: string;
  /** What the item is called in the status bar's menu. */
  readonly name: PlainText;
  readonly side: 'left' | 'right';
  /** Items of a higher number stand further left. */
  readonly priority: number;
}

/** What an item shows now. */
export interface StatusLook {
  /** The name of a codicon, `sync~spin` for one that turns. */
  readonly icon: string;
  readonly text: PlainText;
  readonly tooltip: PlainText | vscode.MarkdownString;
  readonly command: string | vscode.Command;
  readonly background?: vscode.ThemeColor | undefined;
  /** What a screen reader says in place of the text. */
  readonly spoken?: string;
}

/** One item; hidden until it is shown. */
export class StatusItem implements Disposable {
  private readonly item: vscode.StatusBarItem;

  /** @param disposed is called when it is disposed. */
  constructor({ id, name, side, priority }: StatusItemParts, private readonly disposed: () => void = () => undefined) {
    this.item = vscode.window.createStatusBarItem(
      id,
      side === 'left' ? vscode.StatusBarAlignment.Left : vscode.StatusBarAlignment.Right,
      priority,
    );
    this.item.name = name;
  }

  show({ icon, text, tooltip, command, background, spoken }: StatusLook): void {
    this.item.text = `$(${icon}) ${text}`;
    this.item.tooltip = tooltip;
    this.item.command = command;
    this.item.backgroundColor = background;
    this.item.accessibilityInformation = spoken === undefined ? undefined : { label: spoken, role: 'button' };
    this.item.show();
  }

  hide(): void {
    this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
    this.disposed();
  }
}
