// The products of an instance that an API can be put into.

import type { Arm } from '../../../model/arm';
import { filledText, member } from '../../../base/shape';
import { below } from '../../../arm/apimPaths';
import type { OfferedProduct } from '../choices/messages';
import type { ApimInstance } from '../instance';

/** More than these are in no list that a person reads. */
const most = 500;

/** In the order in which they come. Throws ArmFailed and Cancelled. */
export async function offeredProducts(arm: Arm, { id }: Pick<ApimInstance, 'id'>, signal: AbortSignal): Promise<readonly OfferedProduct[]> {
  const found: OfferedProduct[] = [];
  for await (const page of arm.pages(below(id, '/products'), { signal })) {
    for (const each of page) {
      const name = filledText(each['name']);
      if (name !== undefined) found.push({ id: name, displayName: filledText(member(each['properties'], 'displayName')) ?? name });
    }
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}
