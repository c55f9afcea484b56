// The face of files that are opened as tables to other features.

export { contributeTableFiles } from './ui/contribute';
