// The account of tests, for the bench: a bundle of its own, since the bench is JavaScript.

export { installSignIn } from '../ui/person/signIn';
