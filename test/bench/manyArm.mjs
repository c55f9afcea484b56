// An Azure Resource Manager that only tells of what is there: one directory and one subscription with many instances of many APIs. A
// program of its own; its arguments are the numbers of instances and of APIs in each, its first line of output is its port.

import { createServer } from 'node:http';

const [instances = 0, apis = 0] = process.argv.slice(2).map(Number);

/** So many instances are in a page, as ARM gives them. */
const pageSize = 100;

const subscriptionId = '01234567-89ab-cdef-0123-456789abcdef';
const tenantId = 'fedcba98-7654-3210-fedc-ba9876543210';
const all = `/subscriptions/${subscriptionId}/providers/Microsoft.ApiManagement/service`;

/** @param {number} index */
const nameOf = (index) => `instance-${String(index).padStart(4, '0')}`;
/** @param {string} name */
const idOf = (name) => `/subscriptions/${subscriptionId}/resourceGroups/scoring/providers/Microsoft.ApiManagement/service/${name}`;

/** @param {string} name */
function instance(name) {
  const hostName = `${name}.azure-api.example`;
  return {
    id: idOf(name), name, type: 'Microsoft.ApiManagement/service', location: 'West Europe', sku: { name: 'Developer', capacity: 1 },
    properties: {
      provisioningState: 'Succeeded', publisherEmail: 'ada@contoso.example', publisherName: 'Contoso', gatewayUrl: `https://${hostName}`,
      hostnameConfigurations: [{ type: 'Proxy', hostName, defaultSslBinding: true, negotiateClientCertificate: false }],
    },
  };
}

/** @param {string} name @param {number} index */
function api(name, index) {
  const id = `scoring-${String(index).padStart(4, '0')}`;
  return {
    id: `${idOf(name)}/apis/${id}`, name: id, type: 'Microsoft.ApiManagement/service/apis',
    properties: {
      displayName: `Scoring ${index}`, apiRevision: '1', path: id, protocols: ['https'], isCurrent: true, subscriptionRequired: true,
      description: `Scores with the model ${index} of ${name}.`, serviceUrl: `https://${id}.scoring.example`,
      subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
    },
  };
}

/** @type {Map<string, string>} Answers by path and, of pages, what is skipped. */
const answers = new Map();
/** @param {string} path @param {unknown} body */
const answerWith = (path, body) => void answers.set(path.toLowerCase(), JSON.stringify(body));

/** @param {string} origin */
function prepare(origin) {
  answerWith('/tenants', { value: [{ id: `/tenants/${tenantId}`, tenantId, displayName: 'Contoso' }] });
  answerWith('/subscriptions', {
    value: [{ id: `/subscriptions/${subscriptionId}`, subscriptionId, displayName: 'Scoring', state: 'Enabled', tenantId }],
  });
  const names = Array.from({ length: instances }, (_, index) => nameOf(index));
  for (let from = 0; from < instances; from += pageSize) {
    const next = from + pageSize < instances ? { nextLink: `${origin}${all}?api-version=2024-05-01&%24skiptoken=${from + pageSize}` } : {};
    answerWith(from === 0 ? all : `${all} ${from}`, { value: names.slice(from, from + pageSize).map(instance), ...next });
  }
  for (const name of names) {
    answerWith(idOf(name), instance(name));
    answerWith(`${idOf(name)}/apis`, { value: Array.from({ length: apis }, (_, index) => api(name, index)), count: apis });
  }
}

/** @type {string[]} What was asked for, without what the bench itself asks. */
let asked = [];

const server = createServer((request, response) => {
  request.resume();
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  /** @param {number} status @param {string} body */
  const answer = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body);
  };
  // Tells what was asked for since it was last told.
  if (pathname === '/asked') {
    answer(200, JSON.stringify(asked));
    asked = [];
    return;
  }
  asked.push(`${request.method} ${request.url}`);
  if (!request.headers.authorization?.startsWith('Bearer ')) {
    answer(401, JSON.stringify({ error: { code: 'AuthenticationFailed', message: 'There is no token.' } }));
    return;
  }
  const skipped = searchParams.get('$skiptoken');
  const body = answers.get(`${pathname}${skipped === null ? '' : ` ${skipped}`}`.toLowerCase());
  if (body !== undefined) answer(200, body);
  else answer(404, JSON.stringify({ error: { code: 'ResourceNotFound', message: 'It is not there.' } }));
});
server.keepAliveTimeout = 300_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  prepare(`http://127.0.0.1:${port}`);
  process.stdout.write(`${port}\n`);
});
// It ends with the one who started it.
process.stdin.resume().once('close', () => process.exit());
