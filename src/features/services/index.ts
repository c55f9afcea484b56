// The face of the services to other features.

export { contributeServices, type ServicesApi, type ServicesView } from './ui/contribute';
export {
  beginningOf, instancesUnderWay, instancesUnderWayKey, isJson, jobsUnderWayKey, lookedAt, lookPauseMs, sampleRan, sampleRanKey,
} from './firstUse';
export type { Health } from './health';
export { checkKey, cleanKey, type KeyStore } from './keyStore';
export { sampleChoice, ServiceOfFile } from './remembered';
export type { ServiceStore } from './serviceStore';
export { pickService, requireJobs, serviceFrom } from './ui/pickService';
