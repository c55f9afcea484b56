// What the builds leave out of packages, and what stands in its place.

/** @type {Readonly<Record<string, string>>} What stands in the storage program in place of modules that it has no use for. */
const storageWithout = {
  // Never turned on there, so nothing can be sent.
  applicationinsights: '',
  // Asks the storage itself whether a token lets a blob be copied: Node's own fetch does that.
  axios: `exports.get = async (url) => {
    const answer = await fetch(url, { redirect: 'manual' });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), data: await answer.text() };
  };`,
  // These two of @azure/ms-rest-js are for calls to other services: Azurite makes none. They bring old axios, tough-cookie and xml2js.
  './axiosHttpClient': 'export class AxiosHttpClient {}',
  xml2js: '',
};

/** @type {import('esbuild').Plugin} Keeps these out of the storage program: what is not there needs no care. */
const leftOut = {
  name: 'left-out',
  setup(build) {
    build.onResolve({ filter: /^(applicationinsights|axios)$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
    build.onResolve({ filter: /^(xml2js|\.\/axiosHttpClient)$/ }, ({ path, importer }) => {
      return /[\\/]ms-rest-js[\\/]/.test(importer) ? { path, namespace: 'nothing' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, ({ path }) => ({ contents: storageWithout[path] ?? '' }));
  },
};

/** @type {Readonly<Record<string, string>>} What stands in the calls on Azure in place of modules that they have no use for. */
const azureWithout = {
  // A variable of the environment would make it write signed addresses to the console.
  '@azure/logger': `const silent = () => undefined;
    export const createClientLogger = () => ({ error: silent, warning: silent, info: silent, verbose: silent });`,
  // Our own transport knows the proxies.
  'http-proxy-agent': '',
  'https-proxy-agent': '',
};

/** @type {import('esbuild').Plugin} Keeps these out of what calls Azure Resource Manager. */
const azureLeftOut = {
  name: 'azure-left-out',
  setup(build) {
    build.onResolve({ filter: /^(?:@azure\/logger|https?-proxy-agent)$/ }, ({ path }) => ({ path, namespace: 'azure-nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'azure-nothing' }, ({ path }) => ({ contents: azureWithout[path] ?? '' }));
  },
};

module.exports = { azureLeftOut, leftOut };
