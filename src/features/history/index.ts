// The face of the history to other features.

export { contributeHistory, type HistoryApi, type HistoryView } from './ui/contribute';
