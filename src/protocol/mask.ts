// What stands in the place of a secret: one text everywhere, as what was masked once is known again by it.

/** Eight dots, however long the secret was. */
export const mask = '••••••••';
