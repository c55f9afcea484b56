// Parts a text into its statements and its paragraphs, and follows by names which statements a value reaches.

/** A stretch of a text with what it sets and the words in it. */
export interface Statement {
  readonly text: string;
  /** The text without the ids of services, which are no keys. */
  readonly bare: string;
  /** The words that are used here, without the names that are set or handed over by. */
  readonly words: ReadonlySet<string>;
  /** The name that is set here; empty when none is. */
  readonly sets: string;
}

/** What a value reaches: the statements that hold it, and those that use what these set. */
export interface Reach {
  readonly statements: ReadonlySet<Statement>;
  readonly names: ReadonlySet<string>;
}

const mostStatements = 3000;
const mostLines = 60;
const mostRounds = 8;
const longestLine = 4000;
const verb = '(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)';
const start = new RegExp(`^[ \\t>$#]{0,8}(?:${verb} \\S|`
  + '(?:curl(?:\\.exe)?|wget|iwr|irm|invoke-restmethod|invoke-webrequest|https?)\\s)|^###', 'i');
const further = /(?:&&|\|\||[;|])(?=[ \t]{0,8}(?:curl|wget)(?:\.exe)?\s)/i;
const declares = '(?:(?:const|let|var|my|local|auto|val|export|\\w{1,40}(?= \\w{1,40} ?=))[ \\t]{1,4})?';
const assigned = new RegExp(`^[ \\t]{0,80}${declares}\\$?([A-Za-z_]\\w{0,60})[\\w.[\\]"'$>-]{0,80}[ \\t]{0,40}(?:=|<-|:=)(?![=>])`);
const calls = new RegExp('(?:post|put|patch|get|fetch|request|open|send|invoke|perform|execute)\\w{0,20}\\s{0,4}\\('
  + '|^[ \\t>$#]{0,8}(?:curl|wget|iwr|irm|invoke-\\w{1,20})\\s', 'i');
const environment = /(?:environ\.get|getenv|env\.get)\s{0,4}\(/gi;

/** True for a statement that sends something: what comes of it is an answer and carries no key or address on. */
export function sends(statement: Statement): boolean {
  return calls.test(statement.text.replace(environment, ''));
}

/** The statements of a text, with what stands in open brackets as one; undefined when there are too many. */
export function statementsOf(text: string): Statement[] | undefined {
  const found: Statement[] = [];
  let lines: string[] = [];
  let open: string[] = [];
  const finish = (): void => {
    if (lines.length > 0) found.push(statement(lines.join('\n')));
    lines = [];
    open = [];
  };
  for (const line of text.split('\n')) {
    if (start.test(line) || lines.length >= mostLines) finish();
    lines.push(line);
    open = openAfter(line.slice(0, longestLine), open);
    if (open.length === 0) finish();
    if (found.length > mostStatements) return undefined;
  }
  finish();
  return found;
}

/** The brackets that are open behind a line; those of a block of statements are none. */
function openAfter(line: string, before: readonly string[]): string[] {
  const open = [...before];
  let last = '';
  for (const sign of line) {
    if (sign === '(' || sign === '[' || (sign === '{' && (open.length > 0 || /[=:@(,[]/.test(last)))) open.push(sign);
    else if (/[)\]}]/.test(sign) && open.length > 0) open.pop();
    if (sign !== ' ' && sign !== '\t') last = sign;
  }
  return open;
}

/** The paragraphs of a text; each request and each command is one of its own. Undefined when there are too many. */
export function paragraphsOf(text: string): Statement[] | undefined {
  const found: string[][] = [[]];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || start.test(line)) found.push([]);
    const [first = '', ...more] = line.split(further);
    found.at(-1)?.push(first);
    for (const command of more) found.push([command]);
    if (found.length > mostStatements) return undefined;
  }
  return found.filter((lines) => lines.length > 0).map((lines) => statement(lines.join('\n')));
}

/** A stretch of text as one statement. */
export function statement(text: string): Statement {
  const bare = text.replace(/\/(?:workspaces|subscriptions|services)\/[\w-]{1,80}/gi, '/');
  const used = text.match(/(?<!\w)[A-Za-z_]\w{0,80}(?!\w|\s{0,4}(?::|=(?!=)))/g) ?? [];
  return { text, bare, words: new Set(used), sets: assigned.exec(text)?.[1] ?? '' };
}

/** Follows a value from the statements that hold it through the names that they set. */
export function reachOf(statements: readonly Statement[], holds: (statement: Statement) => boolean): Reach {
  const reached = new Set<Statement>();
  const names = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const before = reached.size;
    for (const one of statements) {
      if (reached.has(one) || !(holds(one) || sharesWord(one, names))) continue;
      reached.add(one);
      if (one.sets !== '' && !sends(one)) names.add(one.sets);
    }
    if (reached.size === before) break;
  }
  return { statements: reached, names };
}

/** True when a statement uses one of the names. */
export function sharesWord(one: Statement, names: ReadonlySet<string>): boolean {
  for (const name of names) if (one.words.has(name)) return true;
  return false;
}
