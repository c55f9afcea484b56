// Named values: written by long operations; the value of a secret one is given by `listValue` alone.

import { invalid } from '../armProblem';
import { flag, required, text, texts, without } from '../read';
import type { Accepted, Kind, Write } from './kind';
import { refuseUsed } from './policies';

/** Named values. */
export const namedValueKind: Kind = {
  noun: 'Property',
  accept,
  show: ({ properties }) => (properties.secret === true ? without(properties, 'value') : properties),
  remove: (instance, path) => {
    const found = instance.store.get(path);
    if (found) refuseUsed(instance, text(found.properties, 'displayName') ?? '');
    instance.store.delete(path);
  },
};

function accept({ instance, path, properties }: Write): Accepted {
  const [displayName = ''] = required(properties, ['displayName'], 256);
  if (!/^[A-Za-z0-9._-]+$/.test(displayName))
    throw invalid(['displayName', 'Display name may have letters, digits, periods, dashes and underscores only.']);
  const taken = instance.store.children('/namedValues').find((each) =>
    each.path.toLowerCase() !== path.toLowerCase() && text(each.properties, 'displayName')?.toLowerCase() === displayName.toLowerCase());
  if (taken) throw invalid(['displayName', `There is a property with the name '${displayName}' already.`]);
  if (properties.keyVault !== undefined && properties.keyVault !== null)
    throw invalid(['keyVault', 'The sample has no key vault: give the value itself.']);
  const [value = ''] = required(properties, ['value'], 4096);
  const own = { displayName, value, tags: texts(properties, 'tags', []), secret: flag(properties, 'secret', false) };
  return { properties: { ...own, ...without(properties, ...Object.keys(own)) }, later: true };
}
