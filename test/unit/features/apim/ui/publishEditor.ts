// The editor as a person meets it while publishing, in memory: what is asked, answered and shown.

/** What was asked and shown, and what is answered. */
export const editor = {
  ran: [] as unknown[][],
  opened: [] as { path: string; query: string }[],
  notified: [] as string[],
  /** What the person types or picks next; undefined is Esc. */
  answers: [] as unknown[],
  picked: [] as readonly unknown[],
  /** Whether the person agrees to what is asked in a dialog. */
  agrees: true,
  provider: undefined as { provideTextDocumentContent(uri: unknown): string } | undefined,
};

/** The page's side of its panel. */
export const pages = { onMessage: (message: unknown): void => void message, gone: (): void => undefined, told: [] as unknown[] };

const note = (message: string): Promise<undefined> => {
  editor.notified.push(message);
  return Promise.resolve(undefined);
};

/** A panel. */
export function webview(): object {
  return {
    visible: true, title: '', reveal: () => undefined, dispose: () => undefined,
    webview: { postMessage: (message: unknown) => Promise.resolve(void pages.told.push(message)) },
  };
}

/** In the place of the module. */
export const vscode = {
  Uri: class Uri {
    static from(parts: object): object {
      return parts;
    }
  },
  ViewColumn: { Beside: -2, One: 1 },
  ProgressLocation: { Notification: 15 },
  EventEmitter: class EventEmitter {},
  TreeItem: class TreeItem {},
  commands: { executeCommand: (...args: unknown[]) => Promise.resolve(void editor.ran.push(args)) },
  workspace: {
    registerTextDocumentContentProvider: (_scheme: string, provider: typeof editor.provider) => {
      editor.provider = provider;
      return { dispose: () => undefined };
    },
    openTextDocument: (uri: { path: string; query: string }) => Promise.resolve(void editor.opened.push(uri)),
  },
  window: {
    tabGroups: { all: [], activeTabGroup: { viewColumn: 1, tabs: [] } },
    showTextDocument: () => Promise.resolve(),
    showErrorMessage: note, showInformationMessage: note,
    showWarningMessage: (message: string, options: { modal?: boolean }, ...buttons: readonly unknown[]) => {
      editor.notified.push(message);
      return Promise.resolve(options.modal === true && editor.agrees ? buttons[0] : undefined);
    },
    showInputBox: () => Promise.resolve(editor.answers.shift()),
    showQuickPick: (items: readonly unknown[]) => {
      editor.picked = items;
      const wanted = editor.answers.shift();
      return Promise.resolve(typeof wanted === 'number' ? items[wanted] : undefined);
    },
    withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
      work({ report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
    createWebviewPanel: () => webview(),
  },
};

/** In the place of what makes a page. */
export const initialisePanel = {
  panelOptions: (): object => ({}),
  initialisePanel: (_panel: unknown, parts: { onMessage: typeof pages.onMessage; gone: () => void }): unknown => Object.assign(pages, parts),
};
