// The policies of a published API, as rawxml: limits, the service's key, callers in browsers, short paths.

import { callerKeys } from '../../policy/callers';
import type { ApiChoices, Quota, RateLimit } from '../definition';
import { escapeXml } from './xml';

/** Of an API: `keyName` is the named value that holds the service's key. Undefined where it would do nothing. */
export interface ApiPolicyParts {
  readonly rateLimit?: RateLimit | undefined;
  readonly origins?: readonly string[] | undefined;
  readonly keyName?: string | undefined;
}

/** The policy of an API; undefined where nothing was chosen that belongs there. */
export function apiPolicy({ rateLimit, origins, keyName }: ApiPolicyParts): string | undefined {
  const inbound = [
    ...(origins === undefined ? [] : corsLines(origins)),
    ...(rateLimit === undefined ? [] : [rateLimitElement(rateLimit)]),
    ...(keyName === undefined ? [] : keyLines(keyName)),
  ];
  return inbound.length === 0 ? undefined : policyText(inbound);
}

/** The policy of a product that is made; undefined where nothing is limited. */
export function productPolicy(limits: Pick<ApiChoices, 'rateLimit' | 'quota'>): string | undefined {
  const inbound = [
    ...(limits.rateLimit === undefined ? [] : [rateLimitElement(limits.rateLimit)]),
    ...(limits.quota === undefined ? [] : [quotaElement(limits.quota)]),
  ];
  return inbound.length === 0 ? undefined : policyText(inbound);
}

/** The policy that changes nothing: it inherits all. */
export function usualPolicy(): string {
  return policyText([]);
}

/** The policy of an operation with a short path: what callers add to its query, such as `format=swagger`, goes along. */
export function rewritePolicy(template: string): string {
  return policyText([`<rewrite-uri template="${escapeXml(template)}" copy-unmatched-params="true" />`]);
}

/** `<rate-limit …/>`, or `<rate-limit-by-key …/>` for each address of callers. */
export function rateLimitElement({ calls, seconds, by }: RateLimit): string {
  switch (by) {
    case 'subscription':
      return `<rate-limit calls="${calls}" renewal-period="${seconds}" />`;
    case 'ip':
      return `<rate-limit-by-key calls="${calls}" renewal-period="${seconds}" counter-key="${callerKeys.ip}" />`;
    default:
      return by satisfies never;
  }
}

/** `<quota …/>`, for the policy of a product. */
export function quotaElement({ calls, kilobytes, seconds }: Quota): string {
  const most = [
    ...(calls === undefined ? [] : [`calls="${calls}"`]),
    ...(kilobytes === undefined ? [] : [`bandwidth="${kilobytes}"`]),
  ];
  return `<quota ${most.join(' ')} renewal-period="${seconds}" />`;
}

function corsLines(origins: readonly string[]): readonly string[] {
  return [
    '<cors allow-credentials="false">',
    '  <allowed-origins>',
    ...origins.map((origin) => `    <origin>${escapeXml(origin)}</origin>`),
    '  </allowed-origins>',
    '  <allowed-methods>',
    ...['GET', 'POST', 'DELETE'].map((method) => `    <method>${method}</method>`),
    '  </allowed-methods>',
    '  <allowed-headers>',
    ...['Content-Type', 'Authorization', 'Ocp-Apim-Subscription-Key'].map((header) => `    <header>${header}</header>`),
    '  </allowed-headers>',
    '</cors>',
  ];
}

function keyLines(keyName: string): readonly string[] {
  return [
    '<set-header name="Authorization" exists-action="override">',
    `  <value>Bearer {{${escapeXml(keyName)}}}</value>`,
    '</set-header>',
  ];
}

function policyText(inbound: readonly string[]): string {
  const section = (name: string, lines: readonly string[] = []): readonly string[] => [
    `  <${name}>`,
    '    <base />',
    ...lines.map((line) => `    ${line}`),
    `  </${name}>`,
  ];
  const others = ['backend', 'outbound', 'on-error'].flatMap((name) => section(name));
  return ['<policies>', ...section('inbound', inbound), ...others, '</policies>'].join('\n');
}
