// Which service of the sidebar an operation calls: its keys are offered where they were saved for that very address, and nowhere else.

import { isForAudience } from '../../../model/credential';
import type { Service } from '../../../model/service';
import type { CallParameter } from '../../tryIt';

/** The services of the sidebar, and the address that the keys of each are for. */
export interface SavedServices {
  readonly services: () => readonly Service[];
  /** Where the keys of a service may go: this address, and what lies below it. */
  readonly audienceOf: (service: Service) => string;
}

/** An operation, as far as its addresses are concerned. */
export interface CalledOperation {
  /** What stands before the template, at each gateway. */
  readonly bases: readonly string[];
  readonly template: string;
  readonly parameters: readonly CallParameter[];
}

/** A service that an operation calls. */
export interface CalledService {
  readonly service: Service;
  /** The one of the operation's bases that leads there. */
  readonly base: string;
  /** True where the values that stand there first lead there; false where others may. */
  readonly isFirst: boolean;
}

/** The service whose keys are for this address: the one that is saved with the longest address, where several are. */
export function serviceAt({ services, audienceOf }: SavedServices, url: string): Service | undefined {
  return longest(services().filter((service) => isFor(audienceOf(service), url)), audienceOf);
}

/** The service that an operation calls with its first values; else one that it may call with others. */
export function calledService(saved: SavedServices, { bases, template, parameters }: CalledOperation): CalledService | undefined {
  for (const base of bases) {
    const path = filledPath(template, parameters, parameters.map(({ value }) => value));
    const service = path === undefined ? undefined : serviceAt(saved, `${base}${path}`);
    if (service) return { service, base, isFirst: true };
  }
  for (const base of bases) {
    const may = saved.services().filter((service) => mayLeadTo(saved.audienceOf(service), base, template));
    const service = longest(may, saved.audienceOf);
    if (service) return { service, base, isFirst: false };
  }
  return undefined;
}

/** The path of a template with values for its parameters, in their order; undefined where one of them has none. */
export function filledPath(template: string, parameters: readonly CallParameter[], values: readonly string[]): string | undefined {
  const given = new Map(parameters.map(({ name }, index) => [name.toLowerCase(), values[index] ?? '']));
  let isWhole = true;
  const path = (template.split('?')[0] ?? '').replace(/\{([^{}]{1,256})\}/g, (_, name: string) => {
    const value = given.get(name.toLowerCase()) ?? '';
    isWhole &&= value !== '' && value !== '.' && value !== '..' && !/\p{Cs}/u.test(value);
    return isWhole ? encodeURIComponent(value) : '';
  });
  return isWhole ? path : undefined;
}

function isFor(audience: string, url: string): boolean {
  return URL.canParse(audience) && URL.canParse(url) && isForAudience(audience, url);
}

function longest(services: readonly Service[], audienceOf: SavedServices['audienceOf']): Service | undefined {
  return [...services].sort((one, other) => audienceOf(other).length - audienceOf(one).length)[0];
}

/** True where some values lead to an address of the service. What stands between braces may be anything. */
function mayLeadTo(audience: string, base: string, template: string): boolean {
  const [path = ''] = template.split('?');
  if (!URL.canParse(audience) || !URL.canParse(base)) return false;
  const [own, called] = [new URL(audience), new URL(base)];
  if (own.origin !== called.origin) return false;
  const wanted = partsOf(own.pathname);
  const given = [...partsOf(called.pathname), ...partsOf(path)];
  return wanted.length <= given.length && wanted.every((part, index) => given[index] === part || /\{[^{}]/.test(given[index] ?? ''));
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}
