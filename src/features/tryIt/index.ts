// The face of calls by hand to other features.

export { contributeTryIt, type TryItApi } from './ui/contribute';
export type {
  Afterwards, CallBody, CallDraft, CallHeader, CallParameter, CallShape, KeyChoice, ServiceKeyShape, SavedTarget,
} from './shape';
export type { CallTarget, PreparedCall, SetForCall } from './target';
export type { CallTraces, ShownSection, ShownStep, ShownTrace, TraceRequest, TraceView } from './trace';
export type { WaysOf } from './test/ways';
