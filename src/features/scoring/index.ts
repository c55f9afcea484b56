// The face of scoring to other features.

export { contributeScoring, type ScoringApi } from './ui/contribute';
