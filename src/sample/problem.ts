// What the sample says no with: an HTTP status and the contract's error document.

/** A call that cannot be answered as asked. `code` is the class and `detailCode` the cause, named as the contract names them. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detailCode: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** The error document, ready for JSON. */
  document(): object {
    const summary = summaries[this.code] ?? 'The request was refused.';
    return { error: { code: this.code, message: summary, details: [{ code: this.detailCode, message: this.message }] } };
  }
}

const summaries: Readonly<Record<string, string>> = {
  BadArgument: 'The request has an argument that cannot be used.',
  BadUserArgument: 'The request holds data that the service cannot use.',
  InvalidOperation: 'The request cannot be carried out in the present state.',
  Unauthorized: 'The request has no right to use this resource.',
  NotFound: 'There is nothing at this address.',
  Forbidden: 'The request is not allowed here.',
  MethodNotAllowed: 'This address does not answer to this HTTP method.',
  RequestTooLarge: 'The request is too large.',
  ServiceUnavailable: 'The service cannot take the request now.',
  InternalError: 'The sample service failed.',
};

/** A 400 for the way a call is made. */
export function badArgument(detailCode: string, message: string): Problem {
  return new Problem(400, 'BadArgument', detailCode, message);
}

/** A 400 for the data in a call: the input's shape fits, what is in it does not. */
export function badData(detailCode: 'InputParseError' | 'InputMismatchError', message: string): Problem {
  return new Problem(400, 'BadUserArgument', detailCode, message);
}
