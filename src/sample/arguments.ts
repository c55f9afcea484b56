// Reads the command line of the sample program.

/** What the command line asks for. `sentence` says what cannot be used. */
export type CommandLine =
  | { readonly kind: 'help' }
  | {
    readonly kind: 'run';
    readonly port: number;
    readonly blobPort: number;
    readonly bits?: number;
    readonly ngrams?: number;
    readonly keyFile?: string;
    readonly folder?: string;
    /** The ports of Sample API Management, where it is asked for, and how long a creation of an instance takes there. */
    readonly apiManagement?: { readonly armPort: number; readonly gatewayPort: number; readonly creationSeconds?: number };
  }
  | { readonly kind: 'wrong'; readonly sentence: string };

const ranges = new Map<string, readonly [least: number, most: number]>([
  ['--port', [0, 65535]],
  ['--blob-port', [0, 65535]],
  ['--arm-port', [0, 65535]],
  ['--gateway-port', [0, 65535]],
  ['--creation-seconds', [0, 3600]],
  ['--bits', [1, 16]],
  ['--ngrams', [1, 10]],
]);

const textOptions = ['--key-file', '--folder'];

/** An option without a value. */
const apiManagementOption = '--api-management';

/** Reads the arguments behind the program's name, as `--name value` or `--name=value`. Of two equal options the last counts. */
export function readArguments(words: readonly string[]): CommandLine {
  if (words.includes('--help') || words.includes('-h')) return { kind: 'help' };
  const numbers = new Map<string, number>();
  const texts = new Map<string, string>();
  const rest = words.filter((word) => word !== apiManagementOption);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = word, joined] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
    const range = ranges.get(name);
    if (!range && !textOptions.includes(name)) return wrong(`${JSON.stringify(word)} is not an option of the sample service. See --help.`);
    const value = joined ?? rest.shift();
    if (value === undefined || value === '') return wrong(`The option ${name} needs a value.`);
    if (range) {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : -1;
      if (number < range[0] || number > range[1])
        return wrong(`The option ${name} must be a whole number from ${range[0]} to ${range[1]}.`);
      numbers.set(name, number);
    } else {
      texts.set(name, value);
    }
  }
  const apiManagement = words.includes(apiManagementOption);
  const lonely = ['--arm-port', '--gateway-port', '--creation-seconds'].find((name) => numbers.has(name));
  if (lonely !== undefined && !apiManagement) return wrong(`The option ${lonely} is only of use with ${apiManagementOption}.`);
  const bits = numbers.get('--bits');
  const ngrams = numbers.get('--ngrams');
  const keyFile = texts.get('--key-file');
  const folder = texts.get('--folder');
  const creationSeconds = numbers.get('--creation-seconds');
  const creation = creationSeconds === undefined ? {} : { creationSeconds };
  const apim = { armPort: numbers.get('--arm-port') ?? 0, gatewayPort: numbers.get('--gateway-port') ?? 0, ...creation };
  return {
    kind: 'run',
    port: numbers.get('--port') ?? 0,
    blobPort: numbers.get('--blob-port') ?? 0,
    ...(bits === undefined ? {} : { bits }),
    ...(ngrams === undefined ? {} : { ngrams }),
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(folder === undefined ? {} : { folder }),
    ...(apiManagement ? { apiManagement: apim } : {}),
  };
}

function wrong(sentence: string): CommandLine {
  return { kind: 'wrong', sentence };
}
