// The job page: says that it is ready, draws the job that the editor sends, and tells the editor what the person asks for.

import type { FromJobPage, ToJobPage } from '../../src/features/jobs/messages';
import { h } from '../kit/elements';
import { openFrame } from '../kit/frame';
import { drawPlacard } from '../kit/placard';
import type { JobPageContext } from './context';
import { drawJob, type JobOnPage } from './job';
import { readSaved, type Saved } from './saved';

const frame = openFrame<FromJobPage, ToJobPage>();
const { announce, stage } = frame;
let saved = readSaved(frame.saved);
let controller = new AbortController();
let shown: { readonly key: string; readonly job: JobOnPage | undefined } | undefined;
let said = '';

function keep(changed: Partial<Saved>): void {
  saved = { ...saved, ...changed };
  frame.save(saved);
}

function show({ key, job, results, open }: Extract<ToJobPage, { type: 'job' }>): void {
  if (shown?.key !== key || (shown.job === undefined) !== (job === undefined)) {
    controller.abort();
    controller = new AbortController();
    const page: JobPageContext = { send: frame.send, announce, signal: controller.signal, stage };
    if (saved.key !== key) saved = { key, tab: undefined, scrolled: {}, open: undefined, looks: saved.looks };
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
  return drawPlacard('file', 'This job is no longer there', 'h1',
    h('p', {}, 'It was deleted, here or in another window. What it has written to storage is not touched by that.'));
}

frame.listen((message) => {
  switch (message.type) {
    case 'job':
      show(message);
      break;
    case 'result':
      shown?.job?.result(message.index, message.result);
      break;
    case 'table':
    case 'rows':
    case 'cell':
    case 'summary':
      shown?.job?.take(message);
      break;
    default:
      message satisfies never;
  }
});
