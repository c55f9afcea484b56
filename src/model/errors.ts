// Errors that a person may read as they are, a class per cause; cancelling is an exception of its own.

import type { ArmReason } from './armReason';
import type { NetworkFailure } from './wire';

/** What a message can offer as a button: an id that a feature has registered, with its words and what it does. */
export type ErrorAction = string;

/** The parts of an error that a person sees. */
export interface ErrorParts {
  /** One sentence: what went wrong, and where. */
  readonly sentence: string;
  /** The other side's own code and words. */
  readonly detail?: string | undefined;
  /** What to do next. */
  readonly advice?: string | undefined;
  /** Buttons, most useful first. */
  readonly actions?: readonly ErrorAction[];
}

/** An error whose parts may be shown to a person unchanged. Holds no secret. */
export abstract class HumanError extends Error {
  abstract override readonly name: string;
  readonly detail: string | undefined;
  readonly advice: string | undefined;
  readonly actions: readonly ErrorAction[];

  constructor(parts: ErrorParts) {
    super(parts.sentence);
    this.detail = parts.detail;
    this.advice = parts.advice;
    this.actions = parts.actions ?? [];
  }
}

/** An address, a pasted text or another answer to a question that cannot be used. */
export class InvalidInput extends HumanError {
  override readonly name = 'InvalidInput';
}

/** A place in a text: `offset` and `length` in UTF-16 units, as VS Code counts. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A request body that is not sent, with the place that is wrong. */
export class InvalidBody extends HumanError {
  override readonly name = 'InvalidBody';
  constructor(parts: ErrorParts, readonly place: Place) {
    super(parts);
  }
}

/** The local sample service could not be started or has ended. */
export class SampleFailed extends HumanError {
  override readonly name = 'SampleFailed';
}

/** Something on this machine failed: a file that cannot be read, a secret store that does not keep. */
export class LocalFailure extends HumanError {
  override readonly name = 'LocalFailure';
}

/** Blob storage said no, or could not be reached. `code` is the storage's own, such as `ContainerNotFound`. */
export class StorageFailed extends HumanError {
  override readonly name = 'StorageFailed';
  constructor(parts: ErrorParts, readonly code?: string) {
    super(parts);
  }
}

/** A service said no to an operation on a job, or could not be reached. */
export class JobFailed extends HumanError {
  override readonly name = 'JobFailed';
  /** @param busyForMs set when the other side was only busy, and nothing was done: after so many milliseconds it is worth another try. */
  constructor(parts: ErrorParts, readonly busyForMs?: number) {
    super(parts);
  }
}

/** A service gave no description of itself, or could not be asked for one. */
export class DescriptionFailed extends HumanError {
  override readonly name = 'DescriptionFailed';
}

/** One of the things that Azure Resource Manager found wrong, in its own words without secrets. */
export interface ArmSaid {
  /** The member, the element of a policy, or prose. */
  readonly target?: string | undefined;
  readonly message: string;
}

/** Azure Resource Manager said no, or could not be reached; `status`, `code` and `said` are its own, where there was an answer. */
export class ArmFailed extends HumanError {
  override readonly name = 'ArmFailed';
  constructor(
    parts: ErrorParts, readonly reason: ArmReason, readonly status?: number, readonly code?: string, readonly said: readonly ArmSaid[] = [],
  ) {
    super(parts);
  }
}

/** A key or token was about to go to an address that it was not made for: nothing is sent. */
export class WrongAudience extends HumanError {
  override readonly name = 'WrongAudience';
}

/** The rest of a body did not come. Never shown as it is: whoever reads the body says what it was for. */
export class BodyCut extends Error {
  override readonly name = 'BodyCut';
  constructor(readonly failure: NetworkFailure) {
    super(failure.message);
  }
}

/** The person changed their mind. Never shown. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('Cancelled');
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
