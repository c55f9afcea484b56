// The face of scoring to other features.

export { contributeScoring, type ScoringApi } from './ui/contribute';
export { heldBytes } from './heldAnswers';
export { healthAfter, type Entry, type OwnCall, type RunItem, type Runs } from './runs';
export type { Scorer, ScorerCall } from './scorer';
export { answerTables } from './tablesOfAnswer';
export { exchangeView } from './view';
export type { AnswerPanel } from './ui/answerPanel';
export { rememberedService, serviceGone } from './ui/send';
