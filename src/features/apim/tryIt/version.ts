// How a version of an API is named in a call: in the path, in the query, or in a header, as its set of versions tells.

import { below } from '../../../arm/apimPaths';
import { filledText, member } from '../../../base/shape';
import type { CallHeader, CallParameter } from '../../tryIt';
import { orElse } from '../access/reads';
import { full, propertiesOf, type ArmPlace } from '../publish/reading';
import type { ApiShape } from './operationShape';

/** What a version adds to a call. */
export interface CallVersion {
  /** Behind the path of the API; empty where it stands elsewhere. */
  readonly segment: string;
  readonly parameters: readonly CallParameter[];
  readonly headers: readonly CallHeader[];
}

const none: CallVersion = { segment: '', parameters: [], headers: [] };

/** Reads it. Throws ArmFailed and Cancelled. */
export async function readVersion(place: ArmPlace, { version }: Pick<ApiShape, 'version'>): Promise<CallVersion> {
  if (version === undefined) return none;
  const { name: value, setId } = version;
  const answer = await orElse(() => place.arm.get(full(place, below('', '/apiVersionSets', setId)), place.options), undefined);
  const properties = propertiesOf(answer?.body);
  const query = filledText(member(properties, 'versionQueryName'));
  const header = filledText(member(properties, 'versionHeaderName'));
  const scheme = filledText(member(properties, 'versioningScheme'))?.toLowerCase();
  if (scheme === 'segment') return { ...none, segment: value };
  if (scheme === 'query' && query !== undefined) {
    return { ...none, parameters: [{ name: query, place: 'option', required: true, value, values: [] }] };
  }
  return scheme === 'header' && header !== undefined ? { ...none, headers: [{ name: header, value }] } : none;
}
