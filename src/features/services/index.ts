// The face of the services to other features.

export { contributeServices, type ServicesApi, type ServicesView } from './ui/contribute';
export { beginningOf, isJson, jobsUnderWayKey, lookedAt, lookPauseMs, sampleRan, sampleRanKey } from './firstUse';
export type { Health } from './health';
export type { Keys } from './keyStore';
export { sampleChoice, ServiceOfFile } from './remembered';
export type { Services } from './serviceStore';
export { pickService, requireJobs, serviceFrom } from './ui/pickService';
