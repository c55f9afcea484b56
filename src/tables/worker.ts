// The program of the thread that tables are read, put in order, counted and written on.

import { parentPort, workerData } from 'node:worker_threads';
import { translate } from '../base/translate';
import { Cancelled } from '../model/errors';
import type { Cell } from '../model/table';
import { HeldRows } from './heldRows';
import { problemOf, ServedFile } from './servedFile';
import type { FromThread, Question, Reply, ToThread } from './tableMessages';
import { paced, TimeSlices } from '../base/timeSlices';
import { TableWork } from './work';

/** Rows that are held, sent over for what takes long. */
interface ServedRows {
  readonly rows: (readonly Cell[])[];
  readonly work: TableWork;
}

/** A call that is under way. */
interface Call {
  readonly table: number;
  readonly stop: AbortController;
  taken: () => void;
}

/** What the thread is started with. */
const { texts }: { readonly texts?: Record<string, string> } = workerData;
if (texts) translate(texts);

const files = new Map<number, ServedFile>();
const held = new Map<number, ServedRows>();
const calls = new Map<number, Call>();

function tell(message: FromThread, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function onMessage(message: ToThread): void {
  switch (message.kind) {
    case 'openFile': {
      const { table } = message;
      const file = new ServedFile(message.file, message.grows, message.sizes, (news) => tell({ kind: 'news', table, news }));
      files.set(table, file);
      if (!message.grows) file.start();
      return;
    }
    case 'grown': return files.get(message.table)?.grown(message.bytes, message.whole);
    case 'openHeld': {
      const rows: (readonly Cell[])[] = [];
      held.set(message.table, { rows, work: new TableWork(new HeldRows(message.columns, rows)) });
      return;
    }
    case 'heldRows': return void held.get(message.table)?.rows.push(...message.rows);
    case 'close': return close(message.table);
    case 'forget': return files.get(message.table)?.forgetOrder(message.stamp);
    case 'ask': return void ask(message.table, message.call, message.question);
    case 'stop': {
      const call = calls.get(message.call);
      call?.stop.abort();
      return call?.taken();
    }
    case 'taken': return calls.get(message.call)?.taken();
    default: return message satisfies never;
  }
}

function close(table: number): void {
  for (const call of calls.values()) {
    if (call.table !== table) continue;
    call.stop.abort();
    call.taken();
  }
  files.get(table)?.close();
  files.delete(table);
  held.delete(table);
}

async function ask(table: number, number: number, question: Question): Promise<void> {
  const call: Call = { table, stop: new AbortController(), taken: () => undefined };
  calls.set(number, call);
  try {
    const reply = await answer(table, number, call, question);
    tell(
      { kind: 'reply', call: number, reply },
      reply.kind === 'arrange' && reply.order?.buffer instanceof ArrayBuffer ? [reply.order.buffer] : [],
    );
  } catch (error) {
    tell({ kind: 'failed', call: number, ...(!(error instanceof Cancelled) && { problem: problemOf(error) }) });
  } finally {
    calls.delete(number);
  }
}

async function answer(table: number, number: number, call: Call, question: Question): Promise<Reply> {
  const file = files.get(table);
  const work = file?.work ?? held.get(table)?.work;
  if (work === undefined) throw new Cancelled();
  const { signal } = call.stop;
  const turns = new TimeSlices(signal);
  const onProgress = paced((done) => tell({ kind: 'progress', call: number, done }));
  switch (question.kind) {
    case 'arrange': {
      const order = await work.arrange(question.query, turns, onProgress);
      if (signal.aborted) throw new Cancelled();
      file?.keepOrder(question.stamp, order);
      // The rows of a filter are kept for the next one, so what is handed over is a copy.
      return { kind: 'arrange', matched: order.length, ...(file === undefined && { order: order.slice() }) };
    }
    case 'rows': return { kind: 'rows', rows: await file?.window(question, turns) ?? [] };
    case 'cell': return { kind: 'cell', cell: await file?.cell(question.row, question.column, turns) };
    case 'summarize': return { kind: 'summarize', summaries: await work.summarize(question.columns, turns, onProgress) };
    case 'write': {
      for await (const text of work.write(file?.orderOf(question.stamp), question.selection, question.options, turns)) {
        await new Promise<void>((resolve) => {
          call.taken = resolve;
          tell({ kind: 'piece', call: number, text });
        });
        if (signal.aborted) throw new Cancelled();
      }
      return { kind: 'write' };
    }
    default: return question satisfies never;
  }
}

parentPort?.on('message', onMessage);
