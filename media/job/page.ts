// The job page: says that it is ready, draws the job that the editor sends, and tells the editor what the person wishes.

import type { FromJobPage, ToJobPage } from '../../src/messages';
import { h } from '../answer/dom';
import { icon } from '../answer/icons';
import type { JobPageContext } from './context';
import { drawJob, type JobOnPage } from './job';
import { readSaved, type Saved } from './saved';

/** What VS Code gives a page. */
interface Editor {
  postMessage(message: FromJobPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
let saved = readSaved(editor.getState());

const live = h('div', { class: 'unseen', role: 'status' });
const stage = h('div', { class: 'stage', tabindex: -1 });
document.getElementById('root')?.append(live, stage);

let controller = new AbortController();
let shown: { readonly key: string; readonly job: JobOnPage | undefined } | undefined;
let said = '';

function announce(sentence: string): void {
  live.textContent = '';
  live.append(h('span', {}, sentence));
}

function keep(changed: Partial<Saved>): void {
  saved = { ...saved, ...changed };
  editor.setState(saved);
}

function show({ key, job, results, open }: Extract<ToJobPage, { type: 'job' }>): void {
  if (shown?.key !== key || (shown.job === undefined) !== (job === undefined)) {
    controller.abort();
    controller = new AbortController();
    const page: JobPageContext = { send: (message) => editor.postMessage(message), announce, signal: controller.signal, stage };
    if (saved.key !== key) saved = { key, tab: undefined, scrolled: {} };
    // Also when nobody has chosen anything yet: the key is what a reload needs.
    keep({});
    const made = job && drawJob(page, saved, keep);
    const hadFocus = stage.contains(document.activeElement);
    stage.replaceChildren(made?.element ?? gone());
    if (hadFocus) stage.focus();
    shown = { key, job: made };
  }
  if (job) shown.job?.update(job, results);
  if (open !== undefined) shown.job?.open(open);
  const sentence = job ? `${job.title}: ${job.state}.` : 'This job is no longer there.';
  if (sentence !== said) announce(sentence);
  said = sentence;
}

function gone(): HTMLElement {
  return h('div', { class: 'placard' }, icon('file'), h('h1', {}, 'This job is no longer there'),
    h('p', {}, 'It was deleted, here or in another window. What it has written to storage is not touched by that.'));
}

window.addEventListener('message', (event) => {
  const message: ToJobPage = event.data;
  switch (message.type) {
    case 'job':
      show(message);
      break;
    case 'result':
      shown?.job?.result(message.index, message.result);
      break;
    case 'rows':
      shown?.job?.append(message.table, message.from, message.rows);
      break;
    default:
      message satisfies never;
  }
});
editor.postMessage({ type: 'ready' });
