// What may be shown of a trace in which secrets may stand that are not known: what the gateway itself writes, and names. Pure.

import { isArray, isObject } from '../../../base/shape';
import { maskedHeader } from '../../../redaction';

/** Who writes steps: policies, and the parts of the gateway. What else stands there is what a policy was told to write. */
const sources: ReadonlySet<string> = new Set([
  'api-inspector', 'authentication-basic', 'authentication-certificate', 'authentication-managed-identity', 'authorization', 'base',
  'cache-lookup', 'cache-lookup-value', 'cache-remove-value', 'cache-store', 'cache-store-value', 'check-header', 'choose',
  'configuration', 'cors', 'find-and-replace', 'forward-request', 'gateway', 'get-authorization-context', 'handler', 'include-fragment',
  'ip-filter', 'json-to-xml', 'limit-concurrency', 'llm-token-limit', 'log-to-eventhub', 'mock-response', 'proxy', 'quota', 'quota-by-key',
  'rate-limit', 'rate-limit-by-key', 'redirect-content-urls', 'request-executor', 'request-forwarder', 'request-handler',
  'response-handler', 'retry', 'return-response', 'rewrite-uri', 'send-one-way-request', 'send-request', 'set-backend-service', 'set-body',
  'set-header', 'set-method', 'set-query-parameter', 'set-status', 'set-variable', 'subscription-key', 'trace', 'transfer-response',
  'validate-azure-ad-token', 'validate-client-certificate', 'validate-content', 'validate-headers', 'validate-jwt', 'validate-parameters',
  'validate-status-code', 'wait', 'xml-to-json', 'xsl-transform',
]);

/** Sentences in which nothing stands that a policy was told. */
const sentences: readonly RegExp[] = [
  /^Specified value was assigned to the header \(see below\)\.$/, /^Header was removed \(see below\)\.$/,
  /^Backend service URL was changed\.$/, /^Request URL was changed\.$/, /^Return response was applied\.$/,
  /^Policy was applied and changed nothing\.$/, /^Rate limit was not exceeded\.$/, /^Quota was not exceeded\.$/,
  /^Origin header was missing or empty and the request was classified as not cross-domain\. CORS policy was not applied\.$/,
  /^Request is being forwarded to the backend service\. Timeout set to \d{1,6} seconds$/,
  /^Response has been sent to the caller in full\.?$/, /^Response headers have been sent to the caller\.$/,
  /^Response status code was set to '\d{3}'\.$/,
  /^Access denied due to missing subscription key\. Make sure to include subscription key when making requests to (?:this|an) API\.$/,
  /^Access denied due to invalid subscription key\. Make sure to provide a valid key for an active subscription\.$/,
  /^Rate limit is exceeded\. Try again in \d{1,9} seconds\.$/, /^Out of call volume quota\. Quota will be replenished in [\d:.]{1,20}\.$/,
];

/** Headers whose usual values are shown. */
const plainHeaders: ReadonlySet<string> = new Set([
  'accept', 'accept-encoding', 'cache-control', 'connection', 'content-encoding', 'content-length', 'content-type',
  'transfer-encoding', 'vary',
]);

/** Values that are the same everywhere. */
const usualValues: readonly RegExp[] = [
  /^(?:\*\/\*|application\/(?:json|octet-stream|problem\+json|x-www-form-urlencoded|xml)|text\/(?:html|plain|xml))(?:; ?charset=utf-?8)?$/i,
  /^(?:chunked|keep-alive|close|gzip|deflate|br|no-cache|no-store|origin)$/i,
];

const method = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE)$/i;
const time = /^[\d:.TZ+-]{1,40}$/;
const memberName = /^[A-Za-z][A-Za-z-]{0,39}$/;
const shownName = /^[\w.-]{1,100}$/;

/** Deeper members are not looked into. */
const deepest = 40;

/** The same JSON with dots for all that a policy may have been told to write. */
export function withoutUnknown(json: unknown, key = '', depth = 0): unknown {
  if (depth >= deepest) return maskedHeader('');
  if (isArray(json)) return json.map((each) => withoutUnknown(each, key, depth + 1));
  if (isObject(json)) {
    const { name } = json;
    const isPlain = typeof name === 'string' && plainHeaders.has(name.toLowerCase());
    return Object.fromEntries(Object.entries(json).map(([inner, value]) => {
      const isUsual = isPlain && inner === 'value' && typeof value === 'string' && usualValues.some((usual) => usual.test(value));
      return [memberName.test(inner) ? inner : maskedHeader(''), isUsual ? value : withoutUnknown(value, inner, depth + 1)];
    }));
  }
  if (typeof json === 'string') return mayShow(key, json) ? json : maskedHeader('');
  return typeof json === 'number' && !(key === 'code' && json >= 100 && json <= 599) ? maskedHeader('') : json;
}

function mayShow(key: string, text: string): boolean {
  switch (key) {
    case 'source':
      return sources.has(text);
    case 'timestamp':
    case 'elapsed':
      return time.test(text);
    case 'method':
      return method.test(text);
    case 'code':
      return /^[1-5]\d\d$/.test(text);
    case 'name':
      return shownName.test(text);
    case 'message':
    case 'messages':
      return sentences.some((sentence) => sentence.test(text));
    default:
      return text === '';
  }
}
