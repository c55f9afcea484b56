// The face of scoring to other features.

export { contributeScoring, type ScoringApi } from './ui/contribute';
export { heldBytes } from './heldAnswers';
export type { Entry, OwnCall, RunItem, Runs } from './runs';
export type { AnswerPanel } from './ui/answerPanel';
export { rememberedService, serviceGone } from './ui/send';
