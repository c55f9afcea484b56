// A walk through the text of an answer: how much of it is kept, and when others have their turn.

import { JsonCursor } from '../../base/jsonCursor';
import { ManyArrays } from './manyArrays';

/** How much of an answer is kept as cells, and how to let others run in between. What is beyond a limit is checked all the same. */
export interface ReplyLimits {
  /** Outputs of an answer. */
  readonly maxOutputs: number;
  /** Rows kept of each output. */
  readonly maxRows: number;
  /** Columns kept of each output. */
  readonly maxColumns: number;
  /** Cells kept of each output, and a few times as many of all of them together; of each output at least one row is kept. */
  readonly maxCells: number;
  /** Called every few thousand values; resolves when reading may go on, rejects to stop. */
  readonly pause: () => Promise<void>;
}

/** All outputs together may keep so many times the cells of one. */
const fullOutputs = 4;

/** What a walk through an answer carries along. */
export class ReplyWalk {
  readonly cursor: JsonCursor;
  /** The rows of the table form that can be read together. */
  readonly arrays: ManyArrays;
  /** Copies a text out of a large answer: a slice would keep the whole of it alive. */
  readonly own: (text: string) => string;
  /** How many cells may still be kept. */
  cellsLeft: number;

  constructor(text: string, readonly limits: ReplyLimits) {
    this.cellsLeft = limits.maxCells * fullOutputs;
    this.cursor = new JsonCursor(text);
    this.arrays = new ManyArrays(text);
    this.own = text.length > 1_000_000 ? copied : (value) => value;
  }

  /** Consumes a value of any size, letting others run in between. */
  async skip(): Promise<void> {
    if (this.cursor.atScalar) return this.cursor.skip();
    const steps = this.cursor.skipInSteps();
    while (!steps.next().done) await this.limits.pause();
  }

  /** Consumes a cell. */
  cell(): string | null {
    const cell = this.cursor.cell();
    return cell === null ? null : this.own(cell);
  }
}

/** True after every few thousand values: time to let others run. */
export function isLong(count: number): boolean {
  return count % 10_000 === 0;
}

/** A text in storage of its own: joined texts are written together before a slice of them is taken. Shorter slices are copies anyway. */
function copied(value: string): string {
  return value.length < 13 ? value : ` ${value}`.slice(1);
}
