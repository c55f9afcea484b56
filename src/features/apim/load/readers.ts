// What ARM tells of its resources -> items of the tree. Members that are not known are left alone; what makes no sense is left out.

import { parseInstanceId } from '../../../arm/apimPaths';
import { beginningOfText } from '../../../base/cutText';
import { withoutEnd, withoutEnds } from '../../../base/ends';
import { isLoopback } from '../../../base/loopback';
import { filledText, isArray, isObject, member } from '../../../base/shape';
import type { ApimInstance } from '../instance';
import type { AzureSubscription, Directory, Entry, EntryKind, Identity } from '../items';

/** Longer texts are cut: nobody reads more in a line, and all of it would be kept. In UTF-16 units. */
const mostUnits = 300;

/** A directory in the list of an account. */
export function readDirectory(json: unknown, accountId: string, account: string): Directory | undefined {
  const tenantId = text(json, 'tenantId');
  return tenantId === undefined ? undefined : {
    kind: 'directory', accountId, account, tenantId, name: text(json, 'displayName') ?? text(json, 'defaultDomain') ?? tenantId,
  };
}

/** An Azure subscription. */
export function readSubscription(json: unknown, { accountId, tenantId }: Identity): AzureSubscription | undefined {
  const id = text(json, 'subscriptionId');
  return id === undefined ? undefined : {
    kind: 'azureSubscription', id, name: text(json, 'displayName') ?? id, state: text(json, 'state'), accountId, tenantId,
  };
}

/** An instance that was found at an endpoint. */
export function readInstance(json: unknown, endpointUrl: string, sample: boolean): ApimInstance | undefined {
  const told = filledText(member(json, 'id')) ?? '';
  // Paths are made of it, so it has to be one whatever the other side says.
  const read = told.length > 2 * mostUnits ? undefined : parseInstanceId(told);
  if (!read?.ok) return undefined;
  const properties = member(json, 'properties');
  const [location, sku, state] = [text(json, 'location'), text(member(json, 'sku'), 'name'), text(properties, 'provisioningState')];
  return {
    ...read.instance, endpointUrl, sample,
    ...(location === undefined ? {} : { location }), ...(sku === undefined ? {} : { sku }), ...(state === undefined ? {} : { state }),
    gatewayUrls: gatewayUrls(properties),
  };
}

/**
 * The names of the gateway that are told of, the one that it is bound to first. The scheme is that of `gatewayUrl` where it is the same
 * host.
 */
function gatewayUrls(properties: unknown): readonly string[] {
  const own = gatewayUrl(text(properties, 'gatewayUrl'));
  const listed = member(properties, 'hostnameConfigurations');
  const proxies = (isArray(listed) ? listed : []).filter((each) => text(each, 'type')?.toLowerCase() === 'proxy');
  const first = proxies.filter((each) => member(each, 'defaultSslBinding') === true);
  const named = [...first, ...proxies.filter((each) => !first.includes(each))].flatMap((each) => {
    const name = text(each, 'hostName');
    if (name === undefined) return [];
    const host = own === undefined ? undefined : new URL(own);
    return (host && [host.host, host.hostname].includes(name.toLowerCase()) ? own : gatewayUrl(`https://${name}`)) ?? [];
  });
  return [...new Set([...named, ...(own === undefined ? [] : [own])])];
}

/** An address that keys may be sent to, or undefined: no names and passwords, and without https on this computer only. */
function gatewayUrl(value: string | undefined): string | undefined {
  const url = value !== undefined && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return undefined;
  return withoutEnd(url.href, '/');
}

/** One thing of an instance. */
export function readEntry(kind: EntryKind, json: unknown): Entry | undefined {
  const id = filledText(member(json, 'id'));
  const name = text(json, 'name') ?? filledText(id?.split('/').at(-1));
  if (id === undefined || name === undefined || id.length > 4 * mostUnits) return undefined;
  const properties = member(json, 'properties');
  const told = (member_: string): string | undefined => text(properties, member_);
  const base = { kind, id, name, title: told('displayName') ?? name };
  switch (kind) {
    case 'api':
      return { ...base, path: withoutEnds(told('path') ?? '', '/'), revision: revisionOf(properties), ...keyNames(properties) };
    case 'operation':
      return { ...base, method: told('method'), path: told('urlTemplate') };
    case 'product':
      return { ...base, state: told('state'), open: member(properties, 'subscriptionRequired') === false ? 'yes' : undefined };
    case 'subscription':
      return { ...base, state: told('state'), scope: scopeOf(told('scope')), owner: filledText(told('ownerId')?.split('/').at(-1)) };
    case 'namedValue':
      return { ...base, secret: member(properties, 'secret') === true ? 'yes' : undefined };
    case 'user': {
      const both = [told('firstName'), told('lastName')].filter((part) => part !== undefined).join(' ');
      return { ...base, title: both === '' ? name : both, state: told('state') };
    }
    default:
      return kind satisfies never;
  }
}

/** An API or a subscription that a list of something else names, such as that of a product: with its own id below the instance. */
export function ownEntry({ id }: Pick<ApimInstance, 'id'>, kind: EntryKind, json: unknown): Entry | undefined {
  const entry = readEntry(kind, json);
  // A list may name the current revision with its number.
  const name = kind === 'api' ? entry?.name.replace(/;rev=\d{1,9}$/, '') : entry?.name;
  return entry && name !== undefined ? { ...entry, name, id: `${id}/${kind}s/${encodeURIComponent(name)}` } : undefined;
}

function revisionOf(properties: unknown): string | undefined {
  const revision = text(properties, 'apiRevision');
  return revision === '1' ? undefined : revision;
}

/** The names that carry the key; undefined where the API asks for none, and in lists, which say null whatever the names are. */
function keyNames(properties: unknown): Pick<Entry, 'keyHeader' | 'keyQuery'> {
  const names = member(properties, 'subscriptionKeyParameterNames');
  if (member(properties, 'subscriptionRequired') === false || !isObject(names)) return {};
  return { keyHeader: text(names, 'header') ?? 'Ocp-Apim-Subscription-Key', keyQuery: text(names, 'query') ?? 'subscription-key' };
}

/** What keys of a subscription open, below the instance. */
function scopeOf(scope: string | undefined): string | undefined {
  if (scope === undefined) return undefined;
  const parts = scope.split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === 'service');
  return withoutEnd(at < 0 ? scope : `/${parts.slice(at + 2).join('/')}`, '/');
}

function text(json: unknown, name: string): string | undefined {
  const found = filledText(member(json, name));
  // A name with line breaks would look like sentences of ours where lists of names stand in questions.
  return found === undefined ? undefined : beginningOfText(found, mostUnits).replace(/[\r\n\u2028\u2029]/g, ' ');
}
