// Long operations: each has an address to ask at, which says 202 for some time and then the end.

import { randomBytes } from 'node:crypto';
import type { Started } from './armCall';
import { ArmProblem } from './armProblem';
import type { SignedAddresses } from './signedAddresses';

/** So many answers say that it still runs; the second number is for those with signed addresses. */
const usualPolls = 1;
const signedPolls = 3;

/** So many are remembered; who asks for an older one is told what is there. */
const mostOperations = 1000;

interface Operation {
  readonly started: Started;
  readonly signed: boolean;
  left: number;
  failed: boolean;
}

/** What a poll is told. `query` is that of the next address. */
export type Poll =
  | { readonly kind: 'running'; readonly code: number; readonly query: string }
  | { readonly kind: 'over'; readonly code: number };

/** The operations that have begun. */
export class LongOperations {
  private readonly operations = new Map<string, Operation>();

  constructor(private readonly signed: SignedAddresses) {}

  /** Begins one, and gives the query of the address to ask at, behind the api-version. */
  begin(started: Started, signed: boolean): string {
    const id = randomBytes(12).toString('hex');
    this.operations.set(id, { started, signed, left: signed ? signedPolls : usualPolls, failed: false });
    const [oldest] = this.operations.keys();
    if (this.operations.size > mostOperations && oldest !== undefined) this.operations.delete(oldest);
    return this.queryOf(id, started.code, signed);
  }

  /** Makes one fail: what it did is taken back. */
  fail(id: string): void {
    const operation = this.operations.get(id);
    if (operation && !operation.failed) {
      operation.failed = true;
      operation.started.undo();
    }
    throw new ArmProblem(400, 'ValidationError', 'The operation has failed, as it was asked to by a fault.');
  }

  /** Asks for the state. One that is not known, as after a restart, is over. Throws ArmProblem for a signature that is none. */
  poll(id: string, query: URLSearchParams): Poll {
    const operation = this.operations.get(id);
    if (!operation) return { kind: 'over', code: query.get('asyncCode') === '201' ? 201 : 200 };
    if (operation.failed) this.fail(id);
    const { started: { code }, signed } = operation;
    if (signed) this.signed.check(id, query);
    if (operation.left === 0) return { kind: 'over', code };
    operation.left--;
    return { kind: 'running', code, query: this.queryOf(id, code, signed) };
  }

  private queryOf(id: string, code: number, signed: boolean): string {
    const plain = `asyncId=${id}&asyncCode=${code}`;
    return signed ? `${plain}&${this.signed.query(id)}` : plain;
  }
}
