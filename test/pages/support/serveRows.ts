// The editor's side of one table for the tests of the pages: answers requests for rows as they come.

import type { AnswerPage } from './harness';

/** Answers requests for rows of table `table`: each cell tells its place, in rows that stand the other way round when `reversed`. */
export async function serveRows(shown: AnswerPage, { table = 0, rows, columns, reversed = false }: { readonly table?: number; readonly rows: number; readonly columns: number; readonly reversed?: boolean }): Promise<void> {
  await shown.page.evaluate(`(() => {
    const received = window.editorMessages;
    const rowOf = (place) => ${reversed ? `${rows} - 1 - place` : 'place'};
    received.push = (message) => {
      if (message.type === 'rows' && message.table === ${table}) {
        const { stamp, from, columnFrom } = message;
        const some = Array.from({ length: Math.max(0, Math.min(100, ${rows} - from)) }, (_, at) => ({
          number: rowOf(from + at),
          cells: Array.from({ length: Math.min(64, ${columns} - columnFrom) }, (_unused, column) => (rowOf(from + at) + 1) + '.' + (columnFrom + column + 1)),
        }));
        setTimeout(() => window.postMessage({ type: 'rows', table: ${table}, stamp, from, columnFrom, rows: some }), 5);
      }
      return Array.prototype.push.call(received, message);
    };
  })()`);
}
