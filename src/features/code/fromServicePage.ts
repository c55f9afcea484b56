// Parses at the door of a service's page: what it sends is checked before anything believes it.

import type { FromServicePage } from '../../messages';
import { member } from '../../base/shape';
import { readFromPage } from '../scoring/fromPage';

/** The page's wish, or undefined when the message is none that the page can have sent. */
export function readFromServicePage(message: unknown): FromServicePage | undefined {
  const type = member(message, 'type');
  const number = (name: string): number | undefined => {
    const value = member(message, name);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  const way = number('way');
  switch (type) {
    case 'ready':
    case 'send':
    case 'runJob':
    case 'copyAddress':
      return { type };
    case 'copyUrl':
    case 'copyRequest': {
      const operation = number('operation');
      return way === undefined || operation === undefined ? undefined : { type, way, operation };
    }
    case 'copyCode':
    case 'openCode': {
      const code = number('code');
      return way === undefined || code === undefined ? undefined : { type, way, code };
    }
    default: {
      const wish = readFromPage(message);
      return wish?.type === 'action' ? wish : undefined;
    }
  }
}

/** The address of the service that a page which a reload has left was showing, or undefined when it did not say. */
export function readSavedAddress(state: unknown): string | undefined {
  const address = member(state, 'address');
  return typeof address === 'string' && address !== '' ? address : undefined;
}
