// The panel of a kind of which a window has one: made when there is something to show, used again, restored after a reload.

import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../model/lifetime';
import type { ErrorActions } from './errorActions';
import { columnBeside, columnOfOwn } from './column';
import { initialisePanel, panelOptions } from './initialisePanel';

/** What such a panel is. */
export interface SingletonPanelParts {
  readonly extensionUri: vscode.Uri;
  /** The buttons under errors. */
  readonly actions: Pick<ErrorActions, 'pageLabels'>;
  /** Its type, as VS Code knows it. */
  readonly id: string;
  /** The folder of its page. */
  readonly page: string;
  readonly title: string;
  /** Gets what the page says, unchecked. */
  readonly onMessage: (message: unknown) => void;
  /** The panel was closed, and no other has taken its place. */
  readonly gone: () => void;
}

/** The panel, and whether a page is in it that listens. */
export class SingletonPanel<Message> implements Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private ready = false;
  private readonly sight = new Emitter<void>();

  /** Raised when the panel has come into sight or gone out of it. */
  readonly onDidChangeSight = this.sight.event;

  constructor(private readonly parts: SingletonPanelParts) {}

  /** The panel, while there is one. */
  get current(): vscode.WebviewPanel | undefined {
    return this.panel;
  }

  /** True while the panel can be seen. */
  get visible(): boolean {
    return this.panel?.visible === true;
  }

  /** True while a page is there that listens. */
  get listens(): boolean {
    return this.ready;
  }

  /** The page has said that it is ready. */
  markReady(): void {
    this.ready = true;
  }

  /** Brings the panel into view where it takes the place of what is looked at. */
  show(): void {
    if (this.panel) this.panel.reveal();
    else this.make({ viewColumn: columnOfOwn(), preserveFocus: false });
  }

  /** Brings the panel into view where it does not cover what stands in a column: the text that is written, unless another is given. */
  showBeside(preserveFocus: boolean, other?: vscode.ViewColumn): void {
    if (this.panel) {
      // Opened while there was no editor, it may stand in the editor's own group.
      const { viewColumn } = this.panel;
      const covers = viewColumn !== undefined && viewColumn === (other ?? vscode.window.activeTextEditor?.viewColumn);
      this.panel.reveal(covers ? vscode.ViewColumn.Beside : undefined, preserveFocus);
    } else {
      this.make({ viewColumn: columnBeside(other), preserveFocus });
    }
  }

  /** Takes over a panel, such as one that a reload has left; it takes the place of any other. */
  take(panel: vscode.WebviewPanel): void {
    const before = this.panel;
    this.panel = panel;
    this.ready = false;
    before?.dispose();
    initialisePanel(panel, {
      ...this.parts,
      hidden: () => {
        this.ready = false;
      },
      moved: () => this.sight.fire(),
      gone: () => {
        if (this.panel !== panel) return;
        this.panel = undefined;
        this.ready = false;
        this.parts.gone();
        this.sight.fire();
      },
    });
    this.sight.fire();
  }

  /** Tells the page something. One that is not there yet, or hidden, may lose it; it says that it is ready when it is shown. */
  send(message: Message): void {
    void this.panel?.webview.postMessage(message);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private make(show: { readonly viewColumn: vscode.ViewColumn; readonly preserveFocus: boolean }): void {
    this.take(vscode.window.createWebviewPanel(this.parts.id, this.parts.title, show, panelOptions(this.parts.extensionUri)));
  }
}
