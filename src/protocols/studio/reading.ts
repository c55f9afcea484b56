// What a service answered, read apart from the call: its tables, or whose fault it is.

import type { WireAnswer } from '../../model/wire';
import { answerText } from '../../http/answerText';
import { readFault } from './fault';
import { repeatAfterMs } from './repeat';
import { readReply } from './reply';
import type { AnswerContext, ScoreAnswer, ServiceFault } from '../protocol';

/** The most that is kept of an answer as cells; the rest stays in its body. */
export const kept = { maxOutputs: 100, maxRows: 200_000, maxColumns: 5_000, maxCells: 1_000_000 };

/** Reads an answer's outputs as tables. Throws only what `pause` throws. */
export async function readTables(answer: WireAnswer, { pause }: Pick<AnswerContext, 'pause'>): Promise<ScoreAnswer> {
  const reply = await readReply(answerText(answer), { ...kept, pause });
  return reply.kind === 'tables' ? reply : { kind: reply.kind, tables: [], notes: [] };
}

/** Reads an answer that says no. `now` is milliseconds since 1970. */
export function readServiceFault(answer: WireAnswer, now: number): ServiceFault {
  const fault = readFault({ status: answer.status, headers: answer.headers, text: answerText(answer) }, now);
  return {
    source: fault.source,
    ...(fault.code === undefined ? {} : { code: fault.code }),
    detailCodes: fault.details.flatMap(({ code }) => code ?? []),
    ...(fault.requestId === undefined ? {} : { requestId: fault.requestId }),
    repeatAfterMs: (repeats, policy, random) => repeatAfterMs(fault, repeats, policy, random),
  };
}
