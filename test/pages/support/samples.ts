// Answers and states of every kind for the page's tests; the times and names are made up.

import type { ExchangeView, PanelState, RunEntry } from '../../../src/features/scoring/messages';
import type { CellView, TableView, ViewColumn, ViewRow } from '../../../src/model/view';

const startedAt = Date.UTC(2026, 4, 12, 8, 3, 59);
const url = 'https://ussouthcentral.services.azureml.net/workspaces/5a1f0c6f0b3b4b8f9e0c7d2a1b3c4d5e/services/0f1e2d3c4b5a69788796a5b4c3d2e1f0/execute?api-version=2.0&details=true';

/** An exchange that went well unless `parts` say otherwise. */
export function exchange(parts: Partial<ExchangeView> = {}): ExchangeView {
  return {
    key: 'e1', past: false,
    service: 'Iris, two classes', address: 'https://ussouthcentral.services.azureml.net', source: 'iris.json', method: 'POST', url, startedAt,
    durationMs: 143, requestBytes: 412, status: 200, statusText: 'OK', earlierAttempts: [], notes: [], tables: [iris],
    requestHeaders: [{ name: 'Authorization', value: 'Bearer ••••••••' }, { name: 'Content-Type', value: 'application/json' }],
    responseHeaders: [{ name: 'Content-Type', value: 'application/json; charset=utf-8' }, { name: 'x-ms-request-id', value: '7f8f0a3e-7d2c-4a5e-9a55-02c5d6d5a0c1' }],
    body: { text: '{"Results":{"output1":{"type":"table","value":{"ColumnNames":["sepal length"]}}}}', kind: 'json', totalBytes: 1229, shownBytes: 1229 },
    ...parts,
  };
}

/** The state of having an exchange. */
export function answered(parts: Partial<ExchangeView> = {}): PanelState {
  return { kind: 'answered', view: exchange(parts) };
}

/** A table made of cells, in the order that they came in. Columns of the service's numeric types hold numbers. */
export function table(parts: Partial<Omit<TableView, 'columns' | 'rows'>> & { readonly columns: readonly (Omit<ViewColumn, 'kind'> & Partial<ViewColumn>)[]; readonly rows: readonly (readonly CellView[])[] }): TableView {
  const totalRows = parts.totalRows ?? parts.rows.length;
  return {
    name: 'output1', totalRows, stamp: 1, query: { filters: [] }, matchedRows: totalRows, notes: [], scripts: [], ...parts,
    columns: parts.columns.map((column) => ({ kind: /^(double|int32)$/i.test(column.type ?? '') ? 'number' : 'text', ...column })),
    rows: parts.rows.map((cells, number) => ({ number, cells })),
  };
}

/** A small table with every kind of cell. */
export const iris = table({
  columns: [{ name: 'sepal length', type: 'Double' }, { name: 'species', type: 'String' }, { name: 'Scored Labels', type: 'Int32' }, { name: 'Scored Probabilities for Class "setosa"', type: 'Double' }, { name: 'remark' }],
  rows: [
    ['5.1', 'setosa', '0', '0.0035019442904740572', ''],
    ['4.90', 'versicolor', '1', '123456789012345678901234567890', 'two\nlines'],
    [null, 'virginica', '2', 'NaN', { cut: 'A long remark that goes on and on and on and on, as remarks of customers do', length: 48_213 }],
    ['-6.3e-10', 'null', '1', { missing: true }, { missing: true }],
  ],
});

/** A table of `rows` by `columns` cells, each of which tells its place; its first rows are there. */
export function grid(rows: number, columns: number, parts: Partial<Omit<TableView, 'columns' | 'rows'>> = {}): TableView {
  const held = gridRows(0, Math.min(rows, 100), Math.min(columns, 64));
  return table({
    columns: Array.from({ length: columns }, (_, column) => ({ name: `column ${column + 1}`, type: column % 3 === 0 ? 'String' : 'Double' })),
    rows: held.map(({ cells }) => cells),
    totalRows: rows, ...parts,
  });
}

/** Rows of such a table, from column `columnFrom` on. */
export function gridRows(from: number, count: number, columns: number, columnFrom = 0): ViewRow[] {
  return Array.from({ length: count }, (_, row) => ({ number: from + row, cells: Array.from({ length: columns }, (_unused, column) => `${from + row + 1}.${columnFrom + column + 1}`) }));
}

/** One row with what was sent beside it. */
export const single = table({
  joined: true, ownColumns: 4,
  columns: [
    { name: 'sepal length', type: 'Double', group: 'Sent' }, { name: 'species', group: 'Sent' }, { name: 'Scored Labels', type: 'Int32', group: 'Came back' },
    { name: 'Scored Probabilities', type: 'Double', group: 'Came back' }, { name: 'remark', group: 'Came back' },
  ],
  rows: [['5.1', 'setosa', '0', '0.0035019442904740572', { cut: 'A long remark that goes on and on', length: 48_213 }]],
});

/** A black point, and a grey one. */
const points = ['iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='] as const;

/** What a script module has drawn and said. */
export const scripted = table({
  columns: [{ name: 'R Output JSON', type: 'String' }], rows: [['{}'], ['{}']],
  scripts: [
    { kind: 'text', title: 'Standard output', text: 'Loading required package: ggplot2\n[1] "done"' },
    { kind: 'image', title: 'Graphics 1', mime: 'image/png', data: points[0], width: 1200, height: 400 },
    { kind: 'refused', title: 'Graphics 2', reason: 'The image is larger than 20 MB and is not shown.' },
  ],
});

const refused = exchange({
  status: 401, statusText: 'Unauthorized', tables: [],
  problem: {
    sentence: 'The service “Iris, two classes” did not accept the API key.', advice: 'Copy the primary key from the service’s page and set it again.',
    detail: 'Unauthorized: AccessTokenIsNotProvidedOrInvalid. The API key is missing or is not the key of this service.', actions: ['setServiceKey', 'retry', 'showAnswer', 'changeService', 'showLog'],
  },
  body: { text: '{"error":{"code":"Unauthorized"}}', kind: 'json', totalBytes: 33, shownBytes: 33 },
});

const unreachable = { ...exchange({
  tables: [], responseHeaders: [], durationMs: 30_021,
  problem: { sentence: 'No answer came from gateway.contoso.example within 30 seconds.', advice: 'Check the network and the proxy settings.', actions: ['retry', 'openNetworkSettings', 'openSettings'] },
  earlierAttempts: [{ status: 503, reason: 'from the service', waitMs: 2000 }, { reason: 'connection cut', waitMs: 0 }],
}) };
delete unreachable.status;
delete unreachable.statusText;
delete unreachable.body;

const longName = 'An exceptionally long name of a service that somebody chose to give it in the portal, with_no_blanks_in_some_of_its_very_long_words_at_all';

/** Every state by name, for what must hold in each of them. */
export const states: Readonly<Record<string, { readonly state: PanelState; readonly run?: readonly RunEntry[] }>> = {
  idle: { state: { kind: 'idle' } },
  pending: { state: { kind: 'pending', service: 'Iris, two classes', source: 'iris.json' } },
  sending: { state: { kind: 'sending', service: 'Iris, two classes', source: 'iris.json', elapsedMs: 4200 } },
  waiting: { state: { kind: 'waiting', service: 'Iris, two classes', source: 'iris.json', reason: 'The service is busy (503).', remainingMs: 86_000 } },
  cancelled: { state: { kind: 'cancelled', service: 'Iris, two classes', source: 'iris.json' } },
  answered: { state: answered() },
  refused: { state: { kind: 'answered', view: refused } },
  unreachable: { state: { kind: 'answered', view: unreachable } },
  outputs: { state: answered({ notes: ['The answer took three tries.'], tables: [iris, grid(30, 12, { name: 'scored dataset', notes: ['Two rows are longer than the others.'] }), grid(0, 3, { name: 'none' })] }) },
  large: { state: answered({ tables: [grid(50_000, 50)], durationMs: 2412 }) },
  one: { state: answered({ tables: [single] }) },
  past: { state: answered({ past: true, key: 'old' }) },
  scripts: { state: answered({ tables: [scripted] }) },
  sorting: { state: answered({ tables: [{ ...iris, totalRows: 1_000_000, matchedRows: 4, working: 0.4, query: { sort: { column: 0, descending: true }, filters: [{ kind: 'contains', column: 1, text: 'set' }, { kind: 'range', column: 0, least: 0.2, most: 0.24999999999999997 }, { kind: 'empty', column: 4, empty: false }], search: 'osa' } }] }) },
  nothing: { state: answered({ tables: [{ ...iris, rows: [], matchedRows: 0, query: { filters: [{ kind: 'is', column: 1, text: 'tulip' }] } }] }) },
  reading: { state: answered({ tables: [grid(12_000, 6, { reading: { readBytes: 268_435_456, totalBytes: 3_221_225_472, state: 'paused' } })] }) },
  unread: { state: answered({ tables: [grid(300, 6, { reading: { readBytes: 1_310_720, totalBytes: 3_221_225_472, state: 'failed', problem: { sentence: 'The file has changed since its first rows were read.', advice: 'What is shown is from before. Read it anew to see what it holds now.', actions: ['retry'] } } })] }) },
  page: { state: answered({ tables: [], status: 502, statusText: 'Bad Gateway', body: { text: '<html>\n<body>\n<h1>502 Bad Gateway</h1>\n</body>\n</html>\n', kind: 'html', totalBytes: 52_533_657, shownBytes: 262_144 } }) },
  wordy: { state: answered({ service: longName, source: `${longName}.json`, url: `${url}&${'x'.repeat(400)}`, statusText: 'A reason phrase that is much longer than the one or two words it should be', notes: [longName], tables: [{ ...iris, name: longName }, { ...iris, name: `${longName} too`, query: { filters: [{ kind: 'contains', column: 1, text: longName.repeat(3) }] } }] }) },
  run: {
    state: answered(),
    run: [{ source: 'iris.json', service: 'S', outcome: 'ok' }, { source: 'wine with a rather long name that does not fit on a narrow page.json', service: 'S', outcome: 'failed' }, { source: 'churn.json', service: 'S', outcome: 'cancelled' }, { source: 'cars.json', service: 'S', outcome: 'sending' }, { source: 'adult.json', service: 'S', outcome: 'pending' }],
  },
};

/** One of them. Throws where there is none of that name. */
export function stateOf(name: string): PanelState {
  const found = states[name];
  if (!found) throw new Error(`There is no state "${name}".`);
  return found.state;
}
