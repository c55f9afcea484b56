// Whether an API was made, or is looked after, by this extension: nobody is asked before it is called.

import { below } from '../../../arm/apimPaths';
import type { PublishJournal } from '../publish/journal';
import type { OperationPlace } from './operationRead';

/** True where a publishing of this computer has made or changed the API. What cannot be read has made none. */
export async function isPublishedHere(
  journal: Pick<PublishJournal, 'keys' | 'read'>, { instance, api }: Pick<OperationPlace, 'instance' | 'api'>,
): Promise<boolean> {
  const path = below('', '/apis', api.replace(/;rev=\d{1,9}$/, '')).toLowerCase();
  for (const key of await journal.keys()) {
    const entry = await journal.read(key);
    if (entry.kind !== 'publishing') continue;
    const { instance: { id, endpointUrl }, steps } = entry.publishing;
    if (id.toLowerCase() !== instance.id.toLowerCase() || endpointUrl !== instance.endpointUrl) continue;
    const isMade = steps.some((step) => step.kind === 'api' && step.state === 'done' && withoutRevision(step.path) === path);
    if (isMade) return true;
  }
  return false;
}

function withoutRevision(path: string): string {
  return path.replace(/(?:;|%3B)rev(?:=|%3D)\d{1,9}$/i, '').toLowerCase();
}
