// The face of the services to other features.

export { contributeServices, type ServicesApi, type ServicesView } from './ui/contribute';
