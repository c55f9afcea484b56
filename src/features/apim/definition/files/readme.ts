// The README beside the files of a definition: what is what, how it is deployed, and what the files leave to a person.

import { isLoopback } from '../../../../base/loopback';
import { filledText, member } from '../../../../base/shape';
import type { ApiDefinition, Quota, RateLimit } from '../definition';
import { needsKey, notDeployed } from './deployed';
import { markdownText } from './markdown';

/** The text, with LF and a final line break. */
export function readme(definition: ApiDefinition): string {
  const { choices, service } = definition;
  const hasKey = needsKey(definition);
  return `${[
    `# ${markdownText(choices.displayName)}`,
    `An API for Azure API Management that leads to the scoring service ${markdownText(service.name)}, with five operations.`,
    ...operations(definition),
    '## Files',
    [
      '- `template.json`: an ARM template with everything below.',
      '- `main.bicep`: the same as Bicep. **It was not compiled**: have `bicep build main.bicep` check it before it is used.',
      '- `openapi.json`: the API and its operations as OpenAPI 3.0, for tools and for an import. It has no policies and no product.',
    ].join('\n'),
    ...contents(definition),
    '## Deploy',
    deployment('template.json'),
    'Or, with Bicep:',
    deployment('main.bicep'),
    ...(hasKey
      ? [
          'The command asks for the API key of the service, the parameter `serviceKey`. It is in none of these files, and belongs in ' +
          'none: type it, or have it read from a key vault. In API Management it becomes a secret named value.',
        ]
      : ['Callers send the API key of the service themselves, as `Authorization: Bearer`, besides their subscription key.']),
    ...outOfReach(definition),
    ...byHand(definition),
    '## Import',
    importing(definition),
  ].join('\n\n')}\n`;
}

function operations({ resources, choices: { path }, gateway }: ApiDefinition): readonly string[] {
  const base = `${gateway ?? 'https://{gateway}'}${path === '' ? '' : `/${path}`}`;
  const lines = resources.filter(({ kind }) => kind === 'operation').map(({ name, body }) => {
    const properties = member(body, 'properties');
    return `| ${name} | ${String(member(properties, 'method'))} | \`${base}${String(member(properties, 'urlTemplate'))}\` |`;
  });
  return [['| Operation | Verb | Address |', '|---|---|---|', ...lines].join('\n')];
}

function contents({ choices }: ApiDefinition): readonly string[] {
  const { product, subscription, rateLimit, quota, cors, shortPaths, addsKey } = choices;
  const place = product.kind === 'none' ? 'API' : 'product';
  const lines = [
    ...(product.kind === 'new' ? [`- Product ${markdownText(product.displayName)}, which is made, with the API in it.`] : []),
    ...(product.kind === 'existing'
      ? [`- The API is added to the product ${markdownText(product.displayName)}, which has to be there.`]
      : []),
    ...(product.kind === 'none' ? ['- No product: callers need a key for this API or for all APIs.'] : []),
    ...(subscription === undefined ? [] : [`- Subscription ${markdownText(subscription.displayName)}, whose key callers send.`]),
    ...(rateLimit === undefined ? [] : [`- Rate limit (${place}): ${rateText(rateLimit)}.`]),
    ...(quota === undefined ? [] : [`- Quota (${place}): ${quotaText(quota)}.`]),
    ...(cors === undefined
      ? []
      : [`- Pages of these origins may call it (CORS): ${cors.origins.map((origin) => `\`${origin}\``).join(', ')}.`]),
    ...(shortPaths ? ['- Short paths: workspace and service are fixed by a policy of each operation, so that callers know no ids.'] : []),
    ...(addsKey ? ['- A policy adds the API key of the service, so that callers never have it.'] : []),
  ];
  return ['## What is in it', lines.join('\n')];
}

function deployment(file: string): string {
  const lines = [
    'az deployment group create \\',
    '  --resource-group RESOURCE_GROUP \\',
    `  --template-file ${file} \\`,
    '  --parameters apimServiceName=API_MANAGEMENT_NAME',
  ];
  return ['```sh', ...lines, '```'].join('\n');
}

/** A service on this computer, as the sample is, is for trying alone. */
function outOfReach({ resources }: ApiDefinition): readonly string[] {
  const api = resources.find(({ kind }) => kind === 'api');
  const url = filledText(member(member(api?.body, 'properties'), 'serviceUrl'));
  const { hostname, origin } = url !== undefined && URL.canParse(url) ? new URL(url) : { hostname: '', origin: '' };
  if (!isLoopback(hostname)) return [];
  return [
    `**The API leads to \`${origin}\`, an address of the computer on which these files were made.** Azure cannot reach it: set the ` +
    'address of a service that Azure reaches before you deploy them.',
  ];
}

/** Limits in a product that others use are for a person to set. */
function byHand(definition: ApiDefinition): readonly string[] {
  const wishes = notDeployed(definition).flatMap(({ limits }) => [
    ...(limits?.rateLimit === undefined ? [] : [`- Rate limit: ${rateText(limits.rateLimit)}.`]),
    ...(limits?.quota === undefined ? [] : [`- Quota: ${quotaText(limits.quota)}.`]),
  ]);
  if (wishes.length === 0) return [];
  return [
    '## What these files leave to you',
    'The product is there already, and a template would replace its whole policy. Set these limits in it yourself, or publish the API ' +
    'from the editor, which changes nothing else of the policy:',
    wishes.join('\n'),
  ];
}

function importing({ choices: { path, shortPaths, addsKey } }: ApiDefinition): string {
  const more = shortPaths || addsKey
    ? 'Without the policies, which are in the template only, it does not work yet.'
    : 'Limits, product and subscription are in the template only.';
  return [
    `Importing \`openapi.json\`, with the API URL suffix \`${path}\`, makes the same API and operations. ${more}`,
    ...(shortPaths
      ? []
      : ['After an import the placeholder of the version is named `{api-version}` as the argument itself is, where the template has ' +
         '`{apiversion}`; for callers both are the same.']),
  ].join(' ');
}

function rateText({ calls, seconds, by }: RateLimit): string {
  return `${calls} calls in ${seconds} seconds for each ${by === 'ip' ? 'IP address' : 'subscription'}`;
}

function quotaText({ calls, kilobytes, seconds }: Quota): string {
  const most = [...(calls === undefined ? [] : [`${calls} calls`]), ...(kilobytes === undefined ? [] : [`${kilobytes} kilobytes`])];
  return `${most.join(' and ')} ${seconds === 0 ? 'in all' : `in ${seconds} seconds`}`;
}
