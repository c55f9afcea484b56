// Who is signed in to a cloud, and how tokens are got: implemented over VS Code's accounts.

import type { Event } from '../../model/lifetime';
import type { Identity } from './items';

/** An account of VS Code. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

/** The accounts of the cloud that is set, as far as this extension may use them. */
export interface Accounts {
  /** Those who are signed in and have allowed it. Shows nothing to anybody. */
  accounts(): Promise<readonly Account[]>;
  /**
   * A token of somebody's, as VS Code has it: it renews by itself what has run out. `refused` where the last one was. Shows nothing.
   * Throws ArmFailed (`signIn`) where nobody is signed in.
   */
  token(identity: Identity, refused: boolean): Promise<string>;
  /** Raised when somebody has signed in or out. */
  readonly onDidChange: Event<void>;
}
