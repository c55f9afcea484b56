// The face of calls by hand to other features.

export { contributeTryIt, type TryItApi } from './ui/contribute';
export { addressOf } from './address';
export { sentBody } from './bodyCheck';
export { givenHeaders } from './headers';
export type {
  Afterwards, CallBody, CallDraft, CallHeader, CallParameter, CallShape, KeyChoice, ServiceKeyShape, SavedTarget, TargetKind,
} from './shape';
export type { CallTarget } from './target';
export type { CallTraces, ShownSection, ShownStep, ShownTrace, TraceRequest, TraceView } from './trace';
