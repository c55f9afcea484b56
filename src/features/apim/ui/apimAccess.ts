// The commands on products, subscriptions and their keys, by their ids: loaded when the first of them runs.

import type { CommandWork } from '../../../ui/commands';
import { command } from '../../../ui/ids';
import { copyKey, regenerateKey, useForService } from './accessKeys';
import { addApiToProduct, createProduct, deleteProduct, removeFromProduct, setPublished } from './accessProducts';
import { changeSubscription, createSubscription } from './accessSubscriptions';
import type { AccessParts } from './accessTools';

/** Each command by its id. */
export function accessCommands(parts: AccessParts): ReadonlyMap<string, CommandWork> {
  return new Map<string, CommandWork>([
    [command.apimCreateProduct, (argument) => createProduct(parts, argument)],
    [command.apimPublishProduct, (argument) => setPublished(parts, true, argument)],
    [command.apimUnpublishProduct, (argument) => setPublished(parts, false, argument)],
    [command.apimAddApiToProduct, (argument) => addApiToProduct(parts, argument)],
    [command.apimRemoveFromProduct, (argument) => removeFromProduct(parts, argument)],
    [command.apimDeleteProduct, (argument) => deleteProduct(parts, argument)],
    [command.apimCreateSubscription, (argument) => createSubscription(parts, argument)],
    [command.apimSuspendSubscription, (argument) => changeSubscription(parts, 'suspend', argument)],
    [command.apimActivateSubscription, (argument) => changeSubscription(parts, 'activate', argument)],
    [command.apimCancelSubscription, (argument) => changeSubscription(parts, 'cancel', argument)],
    [command.apimDeleteSubscription, (argument) => changeSubscription(parts, 'delete', argument)],
    [command.apimRegeneratePrimaryKey, (argument) => regenerateKey(parts, 'primary', argument)],
    [command.apimRegenerateSecondaryKey, (argument) => regenerateKey(parts, 'secondary', argument)],
    [command.apimCopyKey, (argument) => copyKey(parts, argument)],
    [command.apimUseForService, (argument) => useForService(parts, argument)],
  ]);
}
