// How much is read of one description. References make a small text describe very much, over and over.

/**
 * What one description may cost: inputs, outputs and other parts; their columns; UTF-16 units of names and values, for each time that they
 * stand somewhere; and steps of going through lists.
 */
const most = { ports: 2000, columns: 100_000, characters: 8 * 1024 * 1024, steps: 1_000_000 };

/** What is left of that for one description. */
export class ReadingBudget {
  /** True once something had no room. */
  isCut = false;
  private readonly left = { ...most };

  /** Takes so much, or takes nothing and gives false where there is not so much left. */
  take(kind: keyof typeof most, amount = 1): boolean {
    if (amount > this.left[kind]) {
      this.isCut = true;
      return false;
    }
    this.left[kind] -= amount;
    return true;
  }
}
