// The face of the history to all others.

export { compareExchanges, type Comparison } from './compare';
export type { HistoryNode } from './nodes';
export { contributeHistory, type HistoryApi, type HistoryView } from './ui/contribute';
