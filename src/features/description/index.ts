// The face of descriptions to other features.

export { contributeDescription, type DescriptionApi } from './ui/contribute';
export type { Descriptions, DescriptionState } from './descriptions';
