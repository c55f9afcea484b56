// Brings back the order in which a table was looked at before its page was left: the editor keeps orders only while it has the table.

import type { TableQuery, TableView } from '../../src/model/view';
import { hasOrder, orderOf, type TableLook } from './looks';
import { isFiltered, sameQuery } from './query';
import type { ViewRequest } from './request';

/** What is on its way back. */
export interface Restoring {
  /** Whether the rows still stand in another order than they were looked at in. */
  readonly pending: boolean;
  /** Asks for what can be asked for already. */
  begin(): void;
  /** Takes the table's news, after the request has taken them. */
  take(view: TableView): void;
  /** Somebody has asked for an order: it takes the place of the one that was to come. */
  giveWay(): void;
}

/** Who is asked, and told. */
export interface RestoringSpec {
  readonly first: TableView;
  readonly look: () => TableLook;
  readonly request: ViewRequest;
  readonly join: (on: boolean) => void;
  /** The order does not come back as it was: no place in it means anything. */
  readonly onLost: () => void;
}

/** Brings the order of a look back. */
export function restoring({ first, look, request, join, onLost }: RestoringSpec): Restoring {
  const { joined } = look();
  let joins = joined !== undefined && first.joined !== undefined && joined !== first.joined;
  let asks = hasOrder(look());
  /** What has been asked for and is not there yet. */
  let wanted: TableQuery | undefined;
  const ask = (view: TableView): void => {
    // The columns of a file may come later, and its first rows would have to be put in order once more with the others.
    if (!asks || joins || view.columns.length === 0 || view.reading?.state === 'reading') return;
    // A page that is shown again while the editor is at it still.
    if (view.working !== undefined) return;
    asks = false;
    // A page that was only hidden: the editor has had the table all the time.
    if (view.query.sort || isFiltered(view.query)) return;
    const { query, isWhole } = orderOf(look(), view.columns);
    if (!isWhole) onLost();
    if (sameQuery(query, request.query)) return;
    wanted = query;
    request.ask({ sort: query.sort, filters: query.filters, search: query.search });
  };
  return {
    get pending() {
      return joins || asks || wanted !== undefined;
    },
    begin: () => {
      if (joins) join(joined === true);
      else ask(first);
    },
    take: (view) => {
      joins &&= view.joined !== look().joined;
      if (wanted && sameQuery(view.query, wanted)) wanted = undefined;
      else if (wanted && !sameQuery(request.query, wanted)) {
        wanted = undefined;
        onLost();
      }
      ask(view);
    },
    giveWay: () => {
      asks = false;
    },
  };
}
