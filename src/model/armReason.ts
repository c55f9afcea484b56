// What kind of no Azure Resource Manager said.

/** What kind of no it was: a feature decides by it, and never by words. */
export type ArmReason =
  | 'signIn' | 'forbidden' | 'notRegistered' | 'notFound' | 'invalid' | 'changed' | 'busy' | 'activating' | 'locked' | 'throttled'
  | 'foreignHost' | 'network' | 'server' | 'other';
