// The face of API Management to other features.

export { contributeApim, type ApimApi } from './ui/contribute';
export type { ApimView } from './ui/view';
export type { ApimNode } from './nodes';
export type { SampleApim } from './sampleApim';
