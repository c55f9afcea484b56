// The body of an answer to a request -> the tables that are shown of it.

import { heldColumns } from '../tables/heldRows';
import type { Table } from '../model/table';
import { yieldToOthers } from '../base/yieldToOthers';
import type { WireAnswer } from '../model/wire';
import type { ScoreAnswer } from '../protocols/protocol';
import { protocolOf } from '../protocols/registry';
import { recordedAnswer, recordedService } from './recorded';
import { firstRows, rowTexts, type Json } from './report';
import { scored } from './scored';

/** What the answer panel makes of an answer. */
export async function inspectAnswer(bytes: Uint8Array): Promise<Json> {
  const { answer } = recordedAnswer(bytes, 200);
  const { tables, notes, problem } = await scored(answer);
  return {
    kind: tables.length > 0 ? 'tables' : await kindOf(answer),
    tables: tables.map(printed),
    notes: [...notes, ...tables.flatMap((table) => table.notes)],
    ...(problem === undefined ? {} : { error: problem.sentence, advice: problem.advice, detail: problem.detail }),
  };
}

/** What kind of thing an answer without tables is. */
async function kindOf(answer: WireAnswer): Promise<ScoreAnswer['kind']> {
  return (await protocolOf(recordedService).readAnswer(answer, { request: '', pause: yieldToOthers })).kind;
}

function printed(table: Table): Json {
  const columns = heldColumns(table);
  return {
    name: table.name,
    columns: columns.map(({ name, kind, type }) => ({ name, type: kind, ...(type === undefined ? {} : { serviceType: type }) })),
    rows: table.totalRows,
    first: table.rows.slice(0, firstRows).map((cells) => rowTexts(cells, columns.length)),
  };
}
