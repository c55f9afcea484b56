// Which cloud is asked: its ARM endpoint, who signs people in there, and its portal.

import * as l10n from '@vscode/l10n';
import { withoutEnd } from '../../base/ends';
import { isLoopback } from '../../base/loopback';
import { filledText, member } from '../../base/shape';
import { InvalidInput } from '../../model/errors';

/** A cloud of Azure, or what is set in its place. */
export interface Cloud {
  /** Scheme, host and port of its ARM endpoint, no trailing slash. */
  readonly endpointUrl: string;
  /** The id of VS Code's authentication provider. */
  readonly provider: 'microsoft' | 'microsoft-sovereign-cloud';
  /** What a token is asked for. */
  readonly scope: string;
  /** Scheme and host of its portal, no trailing slash; undefined where there is none. */
  readonly portalUrl: string | undefined;
}

/** The settings that tell which cloud it is, as they came. */
export interface CloudSettings {
  /** VS Code's `microsoft-sovereign-cloud.environment` and `.customEnvironment`. */
  readonly environment: unknown;
  readonly customEnvironment: unknown;
  /** Ours; it outranks the others as far as the endpoint goes. */
  readonly armEndpoint: unknown;
}

const sovereign = 'microsoft-sovereign-cloud';
const known = {
  public: { endpointUrl: 'https://management.azure.com', provider: 'microsoft', portalUrl: 'https://portal.azure.com' },
  ChinaCloud: { endpointUrl: 'https://management.chinacloudapi.cn', provider: sovereign, portalUrl: 'https://portal.azure.cn' },
  USGovernment: { endpointUrl: 'https://management.usgovcloudapi.net', provider: sovereign, portalUrl: 'https://portal.azure.us' },
} as const;

/** The cloud that these settings mean. Throws InvalidInput, naming the setting, where an address in them cannot be used. */
export function cloudOf({ environment, customEnvironment, armEndpoint }: CloudSettings): Cloud {
  const base = baseCloud(environment, customEnvironment);
  const own = filledText(armEndpoint);
  if (own === undefined) return { ...base, scope: scopeOf(base.endpointUrl) };
  const endpointUrl = originOf(own);
  if (endpointUrl === undefined) throw badAddress('azuremlWebServices.armEndpoint', own);
  return { provider: base.provider, endpointUrl, scope: scopeOf(endpointUrl), portalUrl: undefined };
}

function baseCloud(environment: unknown, customEnvironment: unknown): Omit<Cloud, 'scope'> {
  if (environment === 'ChinaCloud' || environment === 'USGovernment') return known[environment];
  if (environment !== 'custom') return known.public;
  const given = filledText(member(customEnvironment, 'resourceManagerEndpointUrl')) ?? '';
  const endpointUrl = originOf(given);
  if (endpointUrl === undefined) throw badAddress('microsoft-sovereign-cloud.customEnvironment', given);
  const portalUrl = originOf(filledText(member(customEnvironment, 'portalUrl')) ?? '');
  return { endpointUrl, provider: sovereign, portalUrl };
}

/** Scheme, host and port of an address that a token may go to: https, or http on this computer; undefined for any other. */
export function originOf(text: string): string | undefined {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? withoutEnd(url.origin, '/') : undefined;
}

/** The page of a resource in a portal. The id comes from outside: only what may stand in an address is left as it is. */
export function portalPage(portalUrl: string, id: string): string {
  return `${portalUrl}/#@/resource${id.split('/').map(encodeURIComponent).join('/')}`;
}

function scopeOf(endpointUrl: string): string {
  return `${endpointUrl}/.default`;
}

function badAddress(setting: string, value: string): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('The setting {0} holds no address of Azure Resource Manager: {1}', setting, value === '' ? l10n.t('nothing') : value),
    advice: l10n.t('It has to be an address with https and without a path, such as {0}.', known.public.endpointUrl),
    actions: ['openSettings'],
  });
}
