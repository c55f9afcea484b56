// The buttons under errors by their ids, with no work behind them; for tests of what reads and offers them.

import { plain } from '../../../src/ui/plain';
import { ErrorActions } from '../../../src/ui/errorActions';

const ids = [
  'setServiceKey', 'setSubscriptionKey', 'retry', 'openSettings', 'openNetworkSettings', 'showLog', 'changeService', 'showAnswer', 'startSample', 'addStorage', 'openJob',
];

/** A registry that has them all. */
export function someActions(): ErrorActions {
  const actions = new ErrorActions();
  for (const id of ids) actions.register(id, { label: plain(id), run: () => undefined });
  return actions;
}
