// The order in which files of tests begin: the longest first, so that none of them is left at the end with nothing beside it.

/** The longest files of each kind, the longest first. A fresh clone knows sizes only, which say little of how long a file takes. */
export const longest = [
  'test/integration/features/apim/publishKills.test.ts',
  'test/integration/sample/folder/sampleFolder.test.ts',
  'test/integration/protocols/studio/code/codeBes.test.ts',
  'test/integration/tables/tableOpener.test.ts',
  'test/integration/features/jobs/jobKills.test.ts',
  'test/integration/features/jobs/jobKillsRandom.test.ts',
  'test/integration/house/textRules.test.ts',
  'test/integration/features/apim/create/create.test.ts',
  'test/pages/answer/look.test.ts',
  'test/pages/job/look.test.ts',
  'test/pages/file/file.test.ts',
  'test/pages/compare/compare.test.ts',
  'test/pages/kit/examples.test.ts',
  'test/ui/apim.test.ts',
  'test/ui/jobs.test.ts',
  'test/ui/access.test.ts',
  'test/ui/jobsTrouble.test.ts',
  'test/ui/errors.test.ts',
  'test/ui/viewer.test.ts',
  'test/ui/send.test.ts',
  'test/ui/apimSignIn.test.ts',
];

/**
 * Puts the files of the list first and leaves all others in their order.
 * @template T
 * @param {readonly T[]} files
 * @param {(file: T) => string} pathOf From the folder of the repository, with slashes.
 * @returns {T[]}
 */
export function longestFirst(files, pathOf) {
  /** @param {T} file */
  const rank = (file) => {
    const found = longest.indexOf(pathOf(file));
    return found < 0 ? longest.length : found;
  };
  return [...files].sort((a, b) => rank(a) - rank(b));
}
