// The face of calls as code to other features.

export { contributeCode } from './ui/contribute';
