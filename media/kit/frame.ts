// What every page has: the way to the editor and back, what was saved, a place that screen readers listen to, and the stage that all is
// drawn on.

import * as l10n from '@vscode/l10n';
import { h } from './elements';

/** What VS Code gives a page. */
interface Editor<ViewRequest> {
  postMessage(message: ViewRequest | { readonly type: 'ready' }): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi<ViewRequest>(): Editor<ViewRequest>;

/** A page's frame. */
export interface Frame<ViewRequest, News> {
  readonly stage: HTMLElement;
  /** What an earlier life of the page has saved. */
  readonly saved: unknown;
  save(state: unknown): void;
  /** Tells the editor what the person asks for. */
  send(request: ViewRequest): void;
  /** Has a screen reader say a sentence when it is idle. */
  announce(sentence: string): void;
  /** Hands on what the editor tells from now on, and says that the page is ready for it. */
  listen(onMessage: (news: News) => void): void;
}

/** Puts the frame on the page; `above` stands over the stage. Once in a page's life. */
export function openFrame<ViewRequest, News>(...above: readonly HTMLElement[]): Frame<ViewRequest, News> {
  // Nothing of a page is drawn before.
  const texts = document.getElementById('texts')?.textContent;
  if (texts) l10n.config({ contents: texts });
  const editor = acquireVsCodeApi<ViewRequest>();
  const live = h('div', { class: 'unseen', role: 'status' });
  const stage = h('div', { class: 'stage', tabindex: -1 });
  document.getElementById('root')?.append(live, ...above, stage);
  return {
    stage,
    saved: editor.getState(),
    save: (state) => editor.setState(state),
    send: (request) => editor.postMessage(request),
    announce: (sentence) => {
      live.textContent = '';
      live.append(h('span', {}, sentence));
    },
    listen: (onMessage) => {
      window.addEventListener('message', (event) => onMessage(event.data));
      editor.postMessage({ type: 'ready' });
    },
  };
}
