// Why a job fails, and the text that its status tells: prose with JSON in the middle, as such services write it.

import { randomUUID } from 'node:crypto';

/** A fault that ends a job. The message holds no secret: the job's status tells it. */
export class JobFault extends Error {
  override readonly name = 'JobFault';

  constructor(
    /** The module that failed. */
    readonly module: 'Reader' | 'Feature Hashing' | 'Writer',
    readonly errorId: string,
    /** Four digits of the module's own errors; absent for what a library inside it found. */
    readonly errorCode: string | undefined,
    message: string,
    /** True when storage gave no answer at all. */
    readonly unanswered = false,
  ) {
    super(message);
  }
}

/** The `Details` of a failed job. */
export function detailsOf(fault: JobFault, jobId: string): string {
  const { message, exception } = fault.errorCode === undefined ? libraryException(fault) : moduleException(fault, fault.errorCode);
  const [date, time] = new Date().toISOString().split('T');
  const [year, month, day] = (date ?? '').split('-');
  return (
    `Module: ${fault.module}; SNR Job Id: ${jobId}; SNR Task Id: ${randomUUID()}; requestId = ${randomUUID()} errorComponent=Module. ` +
    'taskStatusCode=400. ' +
    `${JSON.stringify({ Exception: exception })}Error: ${message} Process exited with error code -2 ` +
    `Record Starts at UTC ${month}/${day}/${year} ${time?.slice(0, 8)}:`
  );
}

interface Exception {
  readonly message: string;
  readonly exception: object;
}

function moduleException({ errorId, message: words }: JobFault, errorCode: string): Exception {
  const message = `Error ${errorCode}: ${words}`;
  return { message, exception: { ErrorId: errorId, ErrorCode: errorCode, ExceptionType: 'ModuleException', Message: message } };
}

function libraryException({ errorId, message: words }: JobFault): Exception {
  const message = `Error 1000: AFx Library library exception: ${words}`;
  const inner = { Library: 'AFx Library', ErrorId: errorId, ErrorCode: '16', ExceptionType: 'LibraryException', Message: words };
  return {
    message,
    exception: { ErrorId: 'LibraryException', ErrorCode: '1000', ExceptionType: 'ModuleException', Message: message, Exception: inner },
  };
}
