// What the gateway says no with, in the shape in which API Management does.

/** An answer that the gateway makes itself. */
export interface OwnAnswer {
  readonly status: number;
  readonly reason?: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Ends a call. `why` is for the log alone and holds no secret. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    message: string,
    readonly headers: readonly (readonly [name: string, value: string])[] = [],
    readonly more: Readonly<Record<string, string>> = {},
    readonly why?: string,
  ) {
    super(message);
  }

  answer(): OwnAnswer {
    const body = JSON.stringify({ statusCode: this.status, message: this.message, ...this.more });
    return { status: this.status, headers: [['Content-Type', 'application/json'], ...this.headers], body };
  }
}

/** 404: no API or operation is at this address, or not with this method. */
export function notFound(): Refusal {
  return new Refusal(404, 'Resource not found');
}

/** 500, as for a backend that cannot be reached or a policy that fails. The caller learns an id, the log why. */
export function internalError(activityId: string, why: string): Refusal {
  return new Refusal(500, 'Internal server error', [], { activityId }, why);
}
