// The face of the sample service to other features.

export { contributeSample } from './ui/contribute';
