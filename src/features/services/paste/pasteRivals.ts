// Tells whether a pasted text speaks of another service than the chosen one, also where its address cannot be used.

import type { Endpoint } from '../../../model/service';
import { isWholeId, type MissingHost } from '../../../protocols/studio/endpoint';
import { plainName } from '../../../base/pasted/pasteSecrets';
import type { Pair } from '../../../base/pasted/pasteText';

const namedIds =
  /(?:workspaces|subscriptions)\\?\/([\da-f-]{32,36})\\?\/(?:services\\?\/|webservices\\?\/[^\s/\\"']{1,80}\\?\/endpoints\\?\/)([\da-f-]{32,36})(?![\w-])/gi;

/** The ids of a service as one text, equal for all spellings of the same ids; the address for an exact one, which has no ids. */
export function idOf(service: Endpoint | MissingHost): string {
  if ('kind' in service) return joined(service.workspace, service.service);
  switch (service.form) {
    case 'classic':
      return joined(service.workspace, service.service);
    case 'new':
      return joined(service.subscription, service.service);
    case 'exact':
      return `${service.origin}${service.path}`;
    default:
      return service satisfies never;
  }
}

/** True when the text holds the ids of another service: in a path, a refused address, a help page's address, or settings. */
export function namesOtherIds(text: string, pairs: readonly Pair[], chosen: Endpoint | MissingHost): boolean {
  const own = idOf(chosen);
  for (const match of text.matchAll(namedIds)) if (joined(match[1] ?? '', match[2] ?? '') !== own) return true;
  return pairs.some((pair) => {
    const name = plainName(pair.name);
    return (
      isWholeId(pair.value) && /(?:service|endpoint)(?:id)?$/.test(name) && !/web/.test(name) && !own.endsWith(`/${plainId(pair.value)}`)
    );
  });
}

/** True when the text holds the heads of HTTP requests to several places. */
export function namesOtherRequests(text: string, pairs: readonly Pair[]): boolean {
  const hosts = new Set(pairs.filter((pair) => pair.name.toLowerCase() === 'host').map((pair) => pair.value.toLowerCase()));
  const paths = new Set([...text.matchAll(/^[ \t>]{0,8}POST (\/[^\s?]{1,2000})/gm)].map((match) => match[1]));
  return hosts.size > 1 || paths.size > 1;
}

function joined(group: string, service: string): string {
  return `${plainId(group)}/${plainId(service)}`;
}

function plainId(id: string): string {
  return id.toLowerCase().replaceAll('-', '');
}
