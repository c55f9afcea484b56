// Who else is touched where a product that is there is changed: its other APIs, and those who have keys for it.

import { scopeEnd } from './compare';
import type { PlanItem, PlanWarning } from './items';
import { lastSegment, listOf, nameOf, propertiesOf, type ArmPlace } from './reading';

/** The warning, where there is somebody else. Throws ArmFailed, and Cancelled. */
export async function sharedProduct(place: ArmPlace, items: readonly PlanItem[]): Promise<readonly PlanWarning[]> {
  const changed = items.find(({ kind, action }) => action === 'change' && (kind === 'product' || kind === 'productPolicy'));
  if (!changed) return [];
  const path = changed.path.split('/').slice(0, 3).join('/');
  const paths = new Set(items.map((item) => item.path.toLowerCase()));
  const isOwn = (list: string, name: string): boolean => paths.has(`${list}/${encodeURIComponent(name)}`.toLowerCase());
  const apis = (await listOf(place, `${path}/apis`)).filter((api) => !isOwn(`${path}/apis`, nameOf(api)));
  const scope = `/products/${lastSegment(path)}`.toLowerCase();
  const keys = (await listOf(place, '/subscriptions')).filter((key) => {
    const { scope: there } = propertiesOf(key);
    return typeof there === 'string' && scopeEnd(there) === scope && !isOwn('/subscriptions', nameOf(key));
  });
  if (apis.length + keys.length === 0) return [];
  const names = apis.map((api) => {
    const name = propertiesOf(api)['displayName'];
    return typeof name === 'string' && name !== '' ? name : nameOf(api);
  });
  return [{ code: 'sharedProduct', name: lastSegment(path), apis: names }];
}
