// Long work in slices, so that whoever shares the thread has a turn between them.

/** Hands the thread to others now and then. */
export interface Slices {
  /** Whether it is time to let others have a turn. */
  due(): boolean;
  /** Lets others have a turn. Throws Cancelled when the work is to stop. */
  pass(): Promise<void>;
}
