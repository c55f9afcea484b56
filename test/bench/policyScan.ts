// Parts a policy, as the bench asks for it.

import { pieceSize, scanPolicy } from '../../src/features/apim/policy/scan';

/** How many pieces a policy has; it has to be one that can be read. */
export function countPieces(text: string): number {
  const { count, fault } = scanPolicy(text);
  if (fault) throw new Error(`The policy cannot be read at ${fault.start}.`);
  return count / pieceSize;
}
