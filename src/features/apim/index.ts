// The face of API Management to other features.

export { contributeApim } from './ui/contribute';
