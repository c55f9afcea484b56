// The order that a person requests, which may be ahead of the one that is shown: requests build on requests, and a click while rows are
// sorted loses nothing.

import type { TableQuery, TableView } from '../../src/model/view';
import type { AnyPage } from '../kit/context';
import { changed, isFiltered, sameQuery } from './query';

/** The order that is requested. */
export interface ViewRequest {
  readonly query: TableQuery;
  /** How many rows have come that the order which is shown does not know. */
  readonly later: number;
  /** Asks for the order with some parts of it replaced; `undefined` takes a part away. */
  ask(parts: Parameters<typeof changed>[1]): void;
  /** Asks for the same order once more, over all rows that are there now. */
  askAgain(): void;
  stop(): void;
  /** Takes the table's news. */
  take(view: TableView): void;
}

/** Requests for the table with the number `table`. */
export function viewRequests(page: AnyPage, table: number, first: TableView, onAsk: (query: TableQuery) => void): ViewRequest {
  let view = first;
  let asked: TableQuery | undefined;
  let rowsOfOrder = first.totalRows;
  const send = (query: TableQuery): void => {
    asked = query;
    onAsk(query);
    page.send({ type: 'arrange', table, query });
  };
  const current = (): TableQuery => asked ?? view.query;
  return {
    get query() {
      return current();
    },
    get later() {
      if (isFiltered(view.query)) return view.totalRows - rowsOfOrder;
      return view.query.sort ? view.totalRows - view.matchedRows : 0;
    },
    ask: (parts) => {
      const query = changed(current(), parts);
      if (!sameQuery(query, current())) send(query);
    },
    askAgain: () => send(current()),
    stop: () => {
      asked = undefined;
      onAsk(view.query);
      page.send({ type: 'stopArranging', table });
    },
    take: (news) => {
      if (news.stamp !== view.stamp) rowsOfOrder = news.totalRows;
      // Rows that come meanwhile bring the old order along: the request holds until it is met or has failed, or until it is another table.
      if (asked && (news.joined !== view.joined || news.problem !== undefined || sameQuery(news.query, asked))) asked = undefined;
      view = news;
    },
  };
}
