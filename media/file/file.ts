// A table's file on the page: what it is called, where it is, and its table.

import type { FromFilePage, ToFilePage } from '../../src/features/tableFiles/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import type { ErrorParts } from '../../src/model/errors';
import type { PageOf } from '../kit/context';
import { h } from '../kit/elements';
import { drawHeader } from '../kit/header';
import { refit } from '../kit/oneLine';
import { drawPlacard } from '../kit/placard';
import { actionLabels, drawProblem } from '../kit/problem';
import { slot } from '../kit/slot';
import { lookOf, withLook } from '../viewer/looks';
import { drawViewer, type Viewer } from '../viewer/viewer';
import type { Saved } from './saved';

/** A file on the page. */
export interface FileOnPage {
  readonly element: HTMLElement;
  update(message: Extract<ToFilePage, { type: 'file' }>): void;
  /** Takes news of its table. */
  take(news: ToTable): void;
}

/** Draws a file. `saved` is how its table was looked at; `onLook` hears how it is looked at now. */
export function drawFile(
  page: PageOf<FromFilePage> & { readonly stage: HTMLElement },
  saved: Saved,
  onLook: (changed: Partial<Saved>) => void,
): FileOnPage {
  let { looks } = saved;
  let viewer: { readonly place: string; readonly viewer: Viewer; readonly life: AbortController } | undefined;
  const tools = h('div', { class: 'header-tools' });
  const head = slot<readonly [name: string, place: string]>(page, 'file-head', ([name, place]) => [
    drawHeader({
      title: name,
      factsLabel: 'About this file',
      facts: [{ name: 'Place', value: h('bdi', {}, place), title: place, className: 'file-place', rank: 1 }],
      tools,
      actions: {
        icons: [{
          id: 'open-as-text', label: 'Open as Text', icon: 'file', title: 'Open this file in a text editor',
          run: () => page.send({ type: 'openAsText' }),
        }],
        signal: page.signal,
      },
    }),
  ]);
  const problem = slot<ErrorParts | null>(page, 'file-problem', (each) => [
    each ? drawProblem(page, each, actionLabels('Open Again')) : undefined,
  ]);
  const waiting = drawPlacard(undefined, 'Reading', 'h2');
  const place = h('div', { class: 'stage' }, waiting);
  return {
    element: h('article', { class: 'file', 'aria-label': 'File' }, head.element, problem.element, place),
    update: (message) => {
      head.update([message.name, message.place]);
      problem.update(message.problem ?? null);
      waiting.hidden = message.problem !== undefined;
      const { view } = message;
      if (view && viewer?.place === message.place) {
        viewer.viewer.update(view);
        return;
      }
      viewer?.life.abort();
      viewer = undefined;
      if (!view) {
        place.replaceChildren(waiting);
        tools.replaceChildren();
        return;
      }
      const life = new AbortController();
      const key = message.place;
      viewer = {
        place: key,
        life,
        viewer: drawViewer({ ...page, signal: life.signal }, view, 0, {
          whole: 'file',
          empty: 'The file holds no rows.',
          look: lookOf(looks, key, 0),
          onLook: (look) => onLook({ looks: (looks = withLook(looks, key, 0, look)) }),
        }),
      };
      place.replaceChildren(viewer.viewer.element);
      tools.replaceChildren(viewer.viewer.tools);
      refit(tools);
      page.announce(`${message.name} is shown.`);
    },
    take: (news) => {
      if (news.table === 0) viewer?.viewer.take(news);
    },
  };
}
