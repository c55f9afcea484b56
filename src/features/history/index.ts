// The face of the history to all others.

export type { HistoryNode } from './nodes';
export { contributeHistory, type HistoryApi, type HistoryView } from './ui/contribute';
