// What the stand-in for Azure Resource Manager says no with: a status and an error document in ARM's shapes.

/** One reason among several. */
export interface ArmDetail {
  readonly code: string;
  readonly target: string;
  readonly message: string;
}

/** How the document is written: ARM itself leaves `details` out, API Management has null or a list, instances `innerError` too. */
export type ProblemShape = 'arm' | 'service' | 'instance';

/** A call that is refused. */
export class ArmProblem extends Error {
  override readonly name = 'ArmProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    private readonly more: {
      readonly shape?: ProblemShape;
      readonly details?: readonly ArmDetail[];
      readonly headers?: Readonly<Record<string, string>>;
      /** The answer has no body at all. */
      readonly empty?: boolean;
    } = {},
  ) {
    super(message);
  }

  get headers(): Readonly<Record<string, string>> {
    return this.more.headers ?? {};
  }

  get details(): readonly ArmDetail[] {
    return this.more.details ?? [];
  }

  /** The document, ready for JSON; undefined where the answer has no body. */
  document(): object | undefined {
    if (this.more.empty) return undefined;
    const { shape = 'service', details } = this.more;
    const error = { code: this.code, message: this.message };
    const inner = shape === 'instance' ? { innerError: null } : {};
    return { error: shape === 'arm' && !details ? error : { ...error, details: details ?? null, ...inner } };
  }
}

/** A 400 for members that cannot be used. */
export function invalid(...details: readonly (readonly [target: string, message: string])[]): ArmProblem {
  return new ArmProblem(400, 'ValidationError', 'One or more fields contain incorrect values:', {
    details: details.map(([target, message]) => ({ code: 'ValidationError', target, message })),
  });
}

/** A 404 of the instance: `noun` is what it calls the thing. */
export function notFound(noun: string): ArmProblem {
  return new ArmProblem(404, 'ResourceNotFound', `${noun} not found.`);
}

/** A 412: the resource has changed since its ETag was read. */
export function preconditionFailed(): ArmProblem {
  return new ArmProblem(412, 'PreconditionFailed', 'The resource has changed since it was read: its ETag is another one now.');
}

/** A 400 of ARM itself. */
export function badRequest(code: string, message: string): ArmProblem {
  return new ArmProblem(400, code, message, { shape: 'arm' });
}
