// The face of batch jobs to other features.

export { contributeJobs, type JobsApi } from './ui/contribute';
export type { SubmittedJob } from './followJob';
