// The credential that is made of an access token: for one endpoint, and refused to every other.

import { requireAudience, type Credential } from '../model/credential';

/** What the header is made of, as the protocol spells it. */
const spelled: { readonly name: 'Authorization'; readonly scheme: 'Bearer' } = { name: 'Authorization', scheme: 'Bearer' };

/** A credential for all that lies at the origin of `endpointUrl`, and for nothing else. The token goes into `Authorization`. */
export function tokenCredential(endpointUrl: string, token: string): Credential {
  const audience = new URL(endpointUrl).origin;
  return {
    audience,
    kinds: [],
    hidden: [token],
    headers: (url) => {
      requireAudience(audience, url);
      return [{ name: spelled.name, value: `${spelled.scheme} ${token}` }];
    },
  };
}
