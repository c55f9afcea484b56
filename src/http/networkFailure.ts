// Sorts what the network throws into the kinds of failure that a person can act upon. Pure.

import { messageOf } from '../model/errors';
import type { AnswerExcess, NetworkFailure, NetworkFailureKind } from '../model/wire';

/** Codes of our own, beside those of Node, OpenSSL and undici. */
export const failureCode = {
  connectTimeout: 'CONNECT_TIMEOUT',
  answerTimeout: 'ANSWER_TIMEOUT',
  bodyTimeout: 'BODY_TIMEOUT',
  addressInvalid: 'ADDRESS_INVALID',
  addressNotAllowed: 'ADDRESS_NOT_ALLOWED',
  answerTooLarge: 'ANSWER_TOO_LARGE',
  answerCutShort: 'ANSWER_CUT_SHORT',
  answerNotHttp: 'ANSWER_NOT_HTTP',
  encodingUnknown: 'ENCODING_UNKNOWN',
  proxyAuthRequired: 'PROXY_AUTH_REQUIRED',
  proxyRefused: 'PROXY_REFUSED',
  proxyAddressInvalid: 'PROXY_ADDRESS_INVALID',
  proxyUnsupported: 'PROXY_UNSUPPORTED',
};

/** Where a call was going: `host:port`, and the proxy's `host:port` if one is in the way. */
export interface HostRoute {
  readonly host: string;
  readonly proxy?: string;
}

/** An error with a code, made by the transport itself. */
export class TransportError extends Error {
  override readonly name: string = 'TransportError';
  /** `excess` is there where the answer is too large. */
  constructor(readonly code: string, message: string, readonly excess?: AnswerExcess) {
    super(message);
  }
}

/** The proxy could not be reached, or refused to open the way. */
export class ProxyError extends TransportError {
  override readonly name = 'ProxyError';
}

/** Builds a failure; the route may be known only in part. */
export function failureOf(kind: NetworkFailureKind, code: string | undefined, message: string, route: HostRoute): NetworkFailure {
  return {
    kind,
    ...(code === undefined ? {} : { code }),
    host: route.host,
    ...(route.proxy === undefined ? {} : { proxy: route.proxy }),
    message,
  };
}

/** The failure that an error stands for. `hints` are remarks on unreadable certificate files, shown where TLS fails. */
export function networkFailure(error: unknown, route: HostRoute, hints: readonly string[] = []): NetworkFailure {
  const cause = mostTelling(error);
  const code = codeOf(cause);
  const message = messageOf(cause).replace(nodeAdvice, '') || code || 'The network gave no reason.';
  const kind = cause instanceof ProxyError ? 'proxy' : kindOf(code, message);
  const remarks = kind === 'tls' && hints.length > 0 ? ` (${hints.join('; ')})` : '';
  const failure = failureOf(kind, code, message + remarks, route);
  return cause instanceof TransportError && cause.excess ? { ...failure, excess: cause.excess } : failure;
}

/** The code of an error from Node or undici, if it has one. undici's parser of answers has none. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return /invalid eof/i.test(error.message) ? failureCode.answerCutShort : failureCode.answerNotHttp;
  }
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Node tries all of a host's addresses and then throws one AggregateError with an empty message. A refusal says more about the other
 * side than a missing route (often IPv6), and that says more than an attempt that was cut short in favour of the next.
 */
function mostTelling(error: unknown): unknown {
  if (!(error instanceof AggregateError) || error.errors.length === 0) return error;
  const causes: unknown[] = error.errors;
  const rank = (cause: unknown) => ranks.indexOf(kindOf(codeOf(cause), ''));
  return causes.reduce((best, cause) => (rank(cause) > rank(best) ? cause : best));
}

/** Newer versions of Node end some messages with advice on how to start Node, which nobody can follow inside an editor. */
const nodeAdvice = /; if the root CA is installed locally, try running Node\.js with --use-system-ca$/;

const ranks: readonly NetworkFailureKind[] = ['timeout', 'other', 'unreachable', 'reset', 'refused'];

/** Single codes; those that come in families are below. */
const kinds = new Map<string, NetworkFailureKind>([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_FAIL', 'dns'],
  ['EAI_NODATA', 'dns'],
  ['EAI_NONAME', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  // The connection ended before the announced length, or between two chunks.
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reset'],
  [failureCode.answerCutShort, 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  [failureCode.connectTimeout, 'timeout'],
  [failureCode.answerTimeout, 'timeout'],
  [failureCode.bodyTimeout, 'timeout'],
  [failureCode.answerTooLarge, 'tooLarge'],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'tooLarge'],
  ['ERR_BUFFER_TOO_LARGE', 'tooLarge'],
  ['EPROTO', 'tls'],
  ['HOSTNAME_MISMATCH', 'tls'],
  ['INVALID_CA', 'tls'],
  ['INVALID_PURPOSE', 'tls'],
  ['PATH_LENGTH_EXCEEDED', 'tls'],
  ['UND_ERR_PRX_TLS', 'tls'],
  ['UND_ERR_INVALID_ARG', 'protocol'],
  ['UND_ERR_NOT_SUPPORTED', 'protocol'],
  ['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'protocol'],
  ['UND_ERR_HEADERS_OVERFLOW', 'protocol'],
  [failureCode.answerNotHttp, 'protocol'],
  [failureCode.encodingUnknown, 'protocol'],
  [failureCode.addressInvalid, 'protocol'],
  [failureCode.addressNotAllowed, 'protocol'],
  ['UND_ERR_ABORTED', 'cancelled'],
  ['ABORT_ERR', 'cancelled'],
  ['UND_ERR_DESTROYED', 'cancelled'],
  ['UND_ERR_CLOSED', 'cancelled'],
]);

/** Codes that come in families: OpenSSL and X.509; zlib's and Brotli's. */
const families: readonly (readonly [RegExp, NetworkFailureKind])[] = [
  [/^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERROR_IN_)/, 'tls'],
  [/^(?:Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING|ERR_ZLIB)/, 'protocol'],
];

function kindOf(code: string | undefined, message: string): NetworkFailureKind {
  if (code === undefined) return 'other';
  // undici has one code for a connection that broke and for an answer that nobody asked for.
  if (code === 'UND_ERR_SOCKET' && message.startsWith('bad ')) return 'protocol';
  return kinds.get(code) ?? families.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
}
