// The pricing tiers that the stand-in has instances of, and what is different from one to the other.

/** Names of tiers, as they stand in `sku.name`. */
export const skuNames = ['Developer', 'Basic', 'Standard', 'Premium', 'Consumption', 'BasicV2', 'StandardV2'] as const;

/** One of them. */
export type SkuName = (typeof skuNames)[number];

/** A tier and how many units of it. */
export interface Sku {
  readonly name: SkuName;
  readonly capacity: number;
}

/** The least and the greatest number of units. */
const units: Readonly<Record<SkuName, readonly [least: number, most: number]>> = {
  Developer: [1, 1],
  Basic: [1, 2],
  Standard: [1, 4],
  Premium: [1, 12],
  Consumption: [0, 0],
  BasicV2: [1, 10],
  StandardV2: [1, 10],
};

/** What is wrong with a number of units, undefined where it will do. */
export function wrongCapacity({ name, capacity }: Sku): string | undefined {
  const [least, most] = units[name];
  if (Number.isInteger(capacity) && capacity >= least && capacity <= most) return undefined;
  const range = least === most ? String(least) : `from ${least} to ${most}`;
  return `'capacity' of the tier ${name} must be ${range}.`;
}

/** True for a name of a tier. */
export function isSkuName(name: unknown): name is SkuName {
  return skuNames.some((each) => each === name);
}

/**
 * How a long operation on an instance is answered. `location`: one address, `Retry-After`, 202 until it is over, and then the instance.
 * `signed`: two addresses that are signed anew each time, no `Retry-After`, and a document with the status.
 */
export function operationStyle(name: SkuName): 'location' | 'signed' {
  return name === 'Consumption' ? 'signed' : 'location';
}

/** What there is none of in some tiers, in small letters. */
const missing: Readonly<Partial<Record<SkuName, readonly string[]>>> = {
  Consumption: ['users', 'groups', 'reports', 'quotas'],
  BasicV2: ['reports'],
  StandardV2: ['reports'],
};

/** True where a tier has this collection below its instances. */
export function hasCollection(name: SkuName, collection: string): boolean {
  return missing[name]?.includes(collection.toLowerCase()) !== true;
}

/** The platform that instances of a tier run on, as they tell it. */
export function platformOf(name: SkuName): string {
  if (name === 'Consumption') return 'mtv1';
  return name.endsWith('V2') ? 'stv2.1' : 'stv2';
}
