// The addresses of the operations as callers see them.

import type { PublishedService } from '../../../protocols/published';

/** One operation, with the address of its template. */
export interface CallerAddress {
  readonly name: string;
  readonly method: string;
  readonly url: string;
}

/** What stands for the gateway where it is not known yet. */
const anyGateway = 'https://{gateway}';

/** What the addresses are made of besides the operations. */
export interface AddressParts {
  readonly path: string;
  readonly shortPaths: boolean;
  readonly gateway?: string | undefined;
}

/** In the order of the operations. */
export function callerAddresses(
  { operations }: Pick<PublishedService, 'operations'>,
  { path, shortPaths, gateway = anyGateway }: AddressParts,
): readonly CallerAddress[] {
  const base = path === '' ? gateway : `${gateway}/${path}`;
  return operations.map(({ name, method, template, short }) => {
    const { urlTemplate } = shortPaths ? short : template;
    return { name, method, url: `${base}${urlTemplate}` };
  });
}
