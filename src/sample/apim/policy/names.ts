// The names of the policies that there are, and which elements hold policies instead of settings of their own.

/**
 * All that may stand in a section, also what no gateway here carries out. What only a resolver of GraphQL has (`http-data-source` and the
 * like) is no policy of a section.
 */
const policies: ReadonlySet<string> = new Set([
  'base', 'include-fragment',
  // Flow
  'choose', 'limit-concurrency', 'mock-response', 'retry', 'return-response', 'wait',
  // Limits and who may call
  'azure-openai-token-limit', 'check-header', 'get-authorization-context', 'ip-filter', 'llm-token-limit', 'quota', 'quota-by-key',
  'rate-limit', 'rate-limit-by-key', 'validate-azure-ad-token', 'validate-client-certificate', 'validate-jwt',
  // What is sent and answered
  'llm-content-safety', 'validate-content', 'validate-graphql-request', 'validate-headers', 'validate-odata-request',
  'validate-parameters', 'validate-status-code',
  // The backend
  'authentication-basic', 'authentication-certificate', 'authentication-managed-identity', 'forward-request', 'proxy',
  'set-backend-service', 'set-graphql-resolver',
  // Caches
  'azure-openai-semantic-cache-lookup', 'azure-openai-semantic-cache-store', 'cache-lookup', 'cache-lookup-value', 'cache-remove-value',
  'cache-store', 'cache-store-value', 'cache-value', 'llm-semantic-cache-lookup', 'llm-semantic-cache-store',
  // Changes
  'find-and-replace', 'json-to-xml', 'redirect-content-urls', 'rewrite-uri', 'set-body', 'set-header', 'set-method',
  'set-query-parameter', 'set-status', 'set-variable', 'xml-to-json', 'xsl-transform',
  // Pages of other origins
  'cors', 'cross-domain', 'jsonp',
  // Other services, and logs
  'azure-openai-emit-token-metric', 'emit-metric', 'invoke-dapr-binding', 'invoke-request', 'llm-emit-token-metric', 'log-to-eventhub',
  'publish-to-dapr', 'run-wasm-module', 'send-one-way-request', 'send-request', 'send-service-bus-message', 'trace',
]);

const requestParts: ReadonlySet<string> = new Set([...policies, 'set-url']);
const nothing: ReadonlySet<string> = new Set();

const inside: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['inbound', 'backend', 'outbound', 'on-error', 'when', 'otherwise', 'retry', 'wait', 'limit-concurrency', 'return-response']
    .map((name) => [name, policies] as const),
  ...['send-request', 'send-one-way-request'].map((name) => [name, requestParts] as const),
  ...['base', 'include-fragment'].map((name) => [name, nothing] as const),
  ['choose', new Set(['when', 'otherwise'])] as const,
]);

/** The elements that may stand in this one; undefined where they are settings, which are not checked here. */
export function namesInside(element: string): ReadonlySet<string> | undefined {
  return inside.get(element);
}
