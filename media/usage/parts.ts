// The parts of the page behind its tabs: pictures, who is refused, and a table for each of the lists of numbers.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { UsagePart, UsageState, UsageTable } from '../../src/features/apim/usage/messages';
import type { TableView } from '../../src/model/view';
import type { ToTable } from '../../src/ui/tables/messages';
import { button, h } from '../kit/elements';
import { refit } from '../kit/oneLine';
import { drawPlacard } from '../kit/placard';
import { drawProgress } from '../kit/progress';
import type { Tool } from '../kit/toolbar';
import type { TableLook } from '../viewer/looks';
import { drawViewer, type Viewer } from '../viewer/viewer';
import { breakdownTitle } from './charts';
import type { UsagePageContext } from './context';

/** A table of the page with the place where it stands, which stays while tabs around it are drawn anew. */
export interface TablePart {
  readonly content: HTMLElement;
  readonly tools: HTMLElement;
  readonly viewer: Viewer | undefined;
  /** Takes news of the table. */
  take(news: ToTable): void;
  /** Says how it goes with it until it is there. */
  wait(state: UsageState): void;
}

/** How tables are looked at. */
export interface TableRest {
  readonly look: (table: number) => TableLook;
  readonly onLook: (table: number, look: TableLook) => void;
  readonly state: () => UsageState | undefined;
}

/** Makes the place of a table. */
export function tablePart(page: UsagePageContext, part: UsageTable, table: number, rest: TableRest): TablePart {
  const content = h('div', { class: 'usage-table' });
  const tools = h('div', { class: 'usage-tools' });
  let viewer: Viewer | undefined;
  let waits = '';
  const begin = (view: TableView): void => {
    viewer = drawViewer(page, view, table, {
      whole: 'body', empty: l10n.t('There are no rows.'), look: rest.look(table), onLook: (look) => rest.onLook(table, look),
      // Looked at whenever the tools are drawn.
      get tools() { return part === 'requests' && rest.state()?.requests?.more === true ? [moreTool(page)] : []; },
    });
    content.replaceChildren(viewer.element);
    tools.replaceChildren(viewer.tools);
    // The row of tabs may have no room for them.
    refit(tools);
  };
  return {
    content, tools,
    get viewer() { return viewer; },
    take: (news) => {
      if (viewer) viewer.take(news);
      else if (news.type === 'table') begin(news.view);
    },
    wait: (state) => {
      const notKept = part === 'requests' && state.requests?.kept === false;
      if (notKept && viewer) {
        viewer = undefined;
        tools.replaceChildren();
        refit(tools);
      }
      const now = notKept ? 'none' : state.busy ? 'busy' : 'read';
      if (viewer || waits === now) return;
      waits = now;
      content.replaceChildren(notKept ? notKeptPlacard() : state.busy ? reading() : notRead(page, part));
    },
  };
}

function moreTool(page: UsagePageContext): Tool {
  return {
    id: 'more-requests', label: l10n.t('Load More'), title: l10n.t('Load More Requests'), icon: 'down',
    run: () => page.send({ type: 'moreRequests' }),
  };
}

function reading(): HTMLElement {
  return h('div', { class: 'padded' }, drawProgress(l10n.t('Reading')).element);
}

function notRead(page: UsagePageContext, part: UsageTable): HTMLElement {
  return drawPlacard('table', l10n.t('The numbers were not read'), 'h2', h('div', { class: 'buttons' },
    button({
      label: l10n.t('Refresh'), icon: 'again', look: 'primary', focusKey: `read-${part}`, run: () => page.send({ type: 'refresh' }),
    })));
}

function notKeptPlacard(): HTMLElement {
  return drawPlacard('table', l10n.t('This instance keeps no single requests'), 'h2',
    h('p', {}, l10n.t('The other tables and the pictures tell what is counted of them.')));
}

/** What the tab of a part is called, and how much is in it. */
export function tabOf(part: UsagePart, state: UsageState): { readonly label: string; readonly detail?: string } {
  switch (part) {
    case 'charts':
      return { label: l10n.t('Charts') };
    case 'throttled':
      return { label: l10n.t('Throttled') };
    case 'time':
      return { label: l10n.t('Over Time') };
    case 'requests': {
      const { requests } = state;
      if (!requests?.kept) return { label: l10n.t('Requests') };
      const detail = requests.more && requests.count !== undefined
        ? l10n.t('{0} of {1}', formatCount(requests.rows), formatCount(requests.count)) : formatCount(requests.rows);
      return { label: l10n.t('Requests'), detail };
    }
    case 'api':
    case 'operation':
    case 'product':
    case 'subscription':
      return { label: breakdownTitle(part) };
    default:
      return part satisfies never;
  }
}
