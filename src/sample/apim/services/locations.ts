// Where resources of the sample can be: its own place, and some with names of real ones, though all of them are on this computer.

import { samplePlace } from '../place';

/** A location: `name` as it stands in paths, `displayName` as documents have it. */
export interface Location {
  readonly name: string;
  readonly displayName: string;
  readonly region: string;
}

/** All of them. */
export const locations: readonly Location[] = [
  { name: 'sample', displayName: samplePlace.location, region: samplePlace.location },
  { name: 'westeurope', displayName: 'West Europe', region: 'Europe' },
  { name: 'northeurope', displayName: 'North Europe', region: 'Europe' },
  { name: 'eastus', displayName: 'East US', region: 'US' },
  { name: 'westus', displayName: 'West US', region: 'US' },
];

/** The location that somebody names by either of its names: blanks and case do not count. */
export function findLocation(given: string): Location | undefined {
  const wanted = given.replaceAll(' ', '').toLowerCase();
  return locations.find(({ name }) => name === wanted);
}
