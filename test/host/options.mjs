// Reads the command lines of the programs that people start: --help tells how, and what makes no sense ends with one line.

import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * The options of this program's command line. Ends the program where it asks for help (0) or makes no sense (2), before anything is done.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} T
 * @param {string} usage What --help prints.
 * @param {T} options As `parseArgs` takes them.
 */
export function readCommandLine(usage, options) {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    // Written at once: what is still on its way into a pipe would be lost at the end.
    writeSync(1, `${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The first sentence says what is wrong; the rest is on arguments that none of these programs takes.
    return endWith(`${message.split(/\.\s|\n/)[0]?.replace(/\.$/, '')}. --help tells the options.`);
  }
}

/**
 * Ends the program, since its command line makes no sense.
 * @param {string} line Says why.
 * @returns {never}
 */
export function endWith(line) {
  writeSync(2, `${line}\n`);
  process.exit(2);
}
