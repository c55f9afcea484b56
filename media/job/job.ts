// A job on the page: head, buttons, upload, problem, notes, and the tabs: overview and one for each result.

import * as l10n from '@vscode/l10n';
import type { JobView, ResultHead, ResultView } from '../../src/features/jobs/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import { h } from '../kit/elements';
import { keepOpenParts } from '../kit/openParts';
import { drawNotes } from '../kit/notes';
import { drawBriefProblem, drawProblem } from '../kit/problem';
import { redraw } from '../kit/redraw';
import { tabs, type Panel, type Tabs } from '../kit/tabs';
import { visibleLines } from '../kit/visible';
import { jobLabels } from './actions';
import type { JobPageContext } from './context';
import { drawHead } from './head';
import { drawOverview } from './overview';
import { drawResult, type Result } from './result';
import { lookOf, withLook } from '../viewer/looks';
import { keepScroll } from './keepScroll';
import type { Saved } from './saved';
import { slot } from '../kit/slot';
import { drawUpload } from './upload';

/** More of a service's words than this, in UTF-16 units, is not drawn. */
const shownDetails = 64 * 1024;

/** A job on the page. */
export interface JobOnPage {
  readonly element: HTMLElement;
  readonly update: (view: JobView, results: readonly ResultHead[]) => void;
  /** Shows the tab of a result, and asks for the result when nobody has. */
  readonly open: (index: number) => void;
  readonly result: (index: number, view: ResultView) => void;
  readonly take: (news: ToTable) => void;
}

/** Draws a job. `saved` is what the person last looked at of it; `onLook` hears what they look at now. */
export function drawJob(page: JobPageContext, saved: Saved, onLook: (changed: Partial<Saved>) => void): JobOnPage {
  const keepOpen = keepOpenParts(saved.open, (open) => onLook({ open }));
  const head = drawHead(page);
  const upload = drawUpload();
  const problem = slot<readonly [JobView['problem'] | null, boolean]>(page, 'job-problem', ([each, isBrief]) => [
    each ? (isBrief ? drawBriefProblem : drawProblem)(page, each, jobLabels()) : undefined,
  ]);
  const details = slot<string | null>(page, 'job-details', (text) => [text === null ? undefined : keepOpen('details', drawDetails(text))]);
  const notice = h('div', { class: 'job-notice' }, problem.element, details.element);
  const notes = slot<readonly string[]>(page, 'job-notes', (each) => [drawNotes(each)]);
  const overview = drawOverview(page, keepOpen, (index) => open(index, true));

  const key = saved.key ?? '';
  let { scrolled, looks } = saved;
  let tab = saved.tab ?? 'overview';
  let heads: readonly ResultHead[] = [];
  let row: Tabs | undefined;
  const views = new Map<number, ResultView>();
  const drawn = new Map<number, Result>();
  const keep = (name: string) => (place: readonly [number, number]): void => {
    scrolled = { ...scrolled, [name]: place };
    onLook({ scrolled });
  };
  keepScroll(overview.element, scrolled['overview'], keep('overview'), page.signal);

  const ask = (index: number): void => {
    if ((views.get(index)?.kind ?? 'closed') === 'closed') page.send({ type: 'openResult', result: index });
  };
  const drawTab = (index: number, result: ResultHead): Panel => {
    const made = drawResult(page, result, index, views.get(index) ?? { kind: 'closed' }, {
      look: () => lookOf(looks, key, index),
      onLook: (look) => {
        looks = withLook(looks, key, index, look);
        onLook({ looks });
      },
    });
    drawn.set(index, made);
    return { content: made.element, tools: made.tools };
  };
  const place = h('div', { class: 'job-tabs' });
  const drawTabs = (): void => {
    drawn.clear();
    const top = overview.element.scrollTop;
    const ids = [...heads.map((_, index) => idOf(index)), 'overview'];
    row = tabs({
      label: l10n.t('Parts of the job'),
      look: 'main',
      tabs: [
        ...heads.map((result, index) => ({ id: idOf(index), label: result.name, draw: () => drawTab(index, result) })),
        { id: 'overview', label: l10n.t('Overview'), draw: () => overview.element },
      ],
      selected: ids.includes(tab) ? ids.indexOf(tab) : heads.length,
      onSelect: (index) => {
        tab = ids[index] ?? 'overview';
        onLook({ tab });
        if (index < heads.length) ask(index);
      },
    });
    place.replaceChildren(row.element);
    if (top > 0) overview.element.scrollTop = top;
  };
  const open = (index: number, byHand: boolean): void => {
    if (!heads[index]) return;
    tab = idOf(index);
    onLook({ tab });
    row?.select(index);
    if (byHand) document.getElementById(`tab-${tab}`)?.focus();
    ask(index);
  };

  return {
    element: h('article', { class: 'answer job', 'aria-label': l10n.t('Job') },
      head.element, upload.element, notice, place, notes.element),
    update: (view, results) => {
      head.update(view);
      upload.update(view.upload);
      const isData = results.length > 0;
      // Above it would push the data down.
      if (isData !== (notice.previousElementSibling === place))
        redraw(notice, page.stage, () => (isData ? place.after(notice) : place.before(notice)));
      problem.update([view.problem ?? null, isData]);
      details.update(view.details ?? null);
      notes.update(view.notes);
      overview.update(view);
      if (row && JSON.stringify(results) === JSON.stringify(heads)) return;
      heads = results;
      for (const index of [...views.keys()].filter((each) => each >= heads.length)) views.delete(index);
      redraw(place, page.stage, drawTabs);
    },
    open: (index) => open(index, false),
    result: (index, view) => {
      views.set(index, view);
      drawn.get(index)?.update(view);
    },
    take: (news) => {
      // News of a table reach its tab also when that is drawn later.
      if (news.type === 'table' && views.get(news.table)?.kind === 'table') views.set(news.table, { kind: 'table', view: news.view });
      drawn.get(news.table)?.take(news);
    },
  };
}

function idOf(index: number): string {
  return `result-${index}`;
}

function drawDetails(text: string): HTMLDetailsElement {
  const shown = visibleLines(text.slice(0, shownDetails));
  const words = h(
    'pre',
    { class: 'quoted', tabindex: 0, role: 'region', 'aria-label': l10n.t('Full Response'), 'data-focus': 'details' },
    document.createTextNode(text.length > shownDetails ? `${shown}…` : shown),
  );
  return h('details', { class: 'folded' }, h('summary', { 'data-focus': 'details-summary' }, l10n.t('Full Response')), words);
}
