// Which line of the section an instance has that is being made, restored or deleted: its own where it is listed, else one more.

import { isSame } from '../addedInstances';
import type { ApimInstance } from '../instance';
import type { ListItem } from '../items';
import type { WorkNow } from './works';

/** The instance that one is about, as far as it is known without asking. `endpointUrl` is where the sample is now. */
export function instanceOf({ work: { place, tier } }: Pick<WorkNow, 'work'>, endpointUrl = place.endpointUrl): ApimInstance {
  const { id, sample, name, resourceGroup, subscriptionId, location } = place;
  return {
    id, endpointUrl, sample, name, resourceGroup, subscriptionId, gatewayUrls: [], ...(location === '' ? {} : { location }),
    ...(tier === undefined ? {} : { sku: tier }),
  };
}

/** The one that is about an instance; the last one, where there are several. */
export function workOf(instance: ApimInstance, works: readonly WorkNow[]): WorkNow | undefined {
  return works.findLast((now) => isAbout(now, instance));
}

/** What is known of a subscription's instances, with those that no list tells of yet. */
export function withWorks(items: readonly ListItem[], subscriptionId: string, works: readonly WorkNow[]): readonly ListItem[] {
  const missing = works.filter((now) => {
    const { place } = now.work;
    return !place.sample && place.subscriptionId.toLowerCase() === subscriptionId.toLowerCase() &&
      !items.some((item) => item.kind === 'instance' && isAbout(now, item.instance));
  });
  return [...items, ...missing.map((now): ListItem => ({ kind: 'instance', instance: instanceOf(now) }))];
}

/** The instances of the sample: its own first, then those that were made there, as the list of them and what is under way tell. */
export function instancesOfSample(
  sample: ApimInstance, items: readonly ListItem[], works: readonly WorkNow[],
): readonly ApimInstance[] {
  const listed = items.flatMap((item) => (item.kind === 'instance' && item.instance.id !== sample.id ? [item.instance] : []));
  const begun = works.filter(({ work }) => work.place.sample).map((now) => instanceOf(now, sample.endpointUrl));
  const all = [sample, ...listed, ...begun];
  return [...new Map(all.toReversed().map((each) => [each.id.toLowerCase(), each])).values()].toReversed();
}

function isAbout(now: WorkNow, instance: ApimInstance): boolean {
  const { place } = now.work;
  // Where the sample is changes with each start.
  return place.sample ? instance.sample && place.id.toLowerCase() === instance.id.toLowerCase() : isSame(instanceOf(now), instance);
}
