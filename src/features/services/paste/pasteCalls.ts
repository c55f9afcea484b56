// Tells which keys of a text are shown to be for the chosen service, where the text calls addresses of other origins as well.

import type { Endpoint } from '../../../model/service';
import type { MissingHost } from '../../../protocols/studio/endpoint';
import type { KeyValues } from './pasteOwners';
import { fromText, isRequested } from './pasteCandidates';
import { paragraphsOf, reachOf, sends, sharesWord, statement, statementsOf, type Reach, type Statement } from './pasteStatements';
import { isCommented, type Pair } from '../../../base/pasted/pasteText';

/** What a value's place says of it. */
type Shown = 'own' | 'other' | 'open';

/** A stretch of text, with what it names. */
interface Marked {
  readonly statement: Statement;
  readonly own: boolean;
  readonly other: boolean;
}

const mostKeys = 40;
const hostOf = /^[a-z][a-z\d+.-]{0,20}:\/\/(?:[^\s/?#@]{0,200}@)?([^\s/?#]{1,300})/i;
const headOfHost = /^[ \t>]{0,8}host[ \t]{0,4}:[ \t]{0,4}([\w.:-]{1,300})[ \t]{0,8}$/gim;
const ofAddress = /(?:url|uri|endpoint|host|address|server|webhook)s?$/i;
// Words that begin names of any service's settings.
const general = new Set(['api', 'base', 'service', 'my', 'the', 'app', 'url', 'uri', 'endpoint', 'host', 'address', 'server', 'key',
  'primary', 'access', 'auth', 'subscription', 'request', 'web', 'scoring', 'score', 'model', 'target', 'secret',
  'token', 'default', 'x', 'ocp', 'authorization']);

/**
 * The keys of `chosen` alone, out of all keys of a text: `pairs` are its names and values. Undefined when the text calls nothing else
 * and sets no other address whose key it could be.
 */
export function keysOfCalls(
  text: string,
  pairs: readonly Pair[],
  chosen: Endpoint | MissingHost,
): ((all: KeyValues) => KeyValues) | undefined {
  const calls = new Calls(text, pairs, chosen);
  if (!calls.strict && !calls.hasOthers) return undefined;
  const own = (values: ReadonlySet<string>): ReadonlySet<string> => {
    return new Set([...values].slice(0, mostKeys).filter((value) => calls.mayTake(value)));
  };
  return (all) => ({ service: own(all.service), subscription: own(all.subscription) });
}

class Calls {
  /** True when another address is really called, so that a key has to be shown to be the service's. */
  readonly strict: boolean;
  /** True when the text sets another address, whose key is not the service's. */
  readonly hasOthers: boolean;
  private readonly marks: readonly string[];
  private readonly blocks: readonly Marked[];
  private readonly statements: readonly Marked[];
  private readonly ownReach: Reach;
  private readonly otherReach: Reach;
  private readonly ownWords: ReadonlySet<string>;
  private readonly otherWords: ReadonlySet<string>;
  private readonly tooMany: boolean;

  constructor(text: string, private readonly pairs: readonly Pair[], chosen: Endpoint | MissingHost) {
    this.marks = marksOf(chosen);
    const scoped = pairs.some((pair) => pair.scope !== undefined);
    const isMixed = scoped && pairs.some((pair) => !pair.quoted);
    const paragraphs = !scoped || isMixed ? paragraphsOf(text) : [];
    const blocks = paragraphs === undefined ? undefined : [...(scoped ? scopesOf(pairs) : []), ...paragraphs];
    const statements = scoped ? [] : statementsOf(text);
    this.tooMany = blocks === undefined || statements === undefined;
    this.blocks = (blocks ?? []).map((one) => this.marked(one));
    this.statements = (statements ?? []).map((one) => this.marked(one));
    const all = this.statements.map((one) => one.statement);
    const own = new Set(this.statements.filter((one) => one.own).map((one) => one.statement));
    const other = new Set(this.statements.filter((one) => one.other).map((one) => one.statement));
    this.ownReach = reachOf(all, (one) => own.has(one));
    this.otherReach = reachOf(all, (one) => other.has(one) && !own.has(one));
    const addresses = pairs.filter((pair) => !pair.comment && ofAddress.test(pair.name) && hostOf.test(pair.value));
    this.ownWords = wordsOf(addresses.filter((pair) => this.isOwn(pair.value)));
    this.otherWords = new Set(
      [...wordsOf(addresses.filter((pair) => !this.isOwn(pair.value)))].filter((word) => !this.ownWords.has(word)),
    );
    this.strict = scoped ? pairs.some((pair) => pair.called === true && this.isOther(pair.value)) : this.callsOther(text);
    this.hasOthers = this.otherWords.size > 0 || (scoped && this.blocks.some((one) => one.other));
  }

  mayTake(value: string): boolean {
    const shown = this.tooMany ? 'open' : this.shown(value);
    return shown === 'own' || (shown === 'open' && !this.strict);
  }

  private shown(value: string): Shown {
    const holding = this.blocks.filter((one) => one.statement.bare.includes(value));
    const direct = this.statements.filter((one) => one.statement.bare.includes(value));
    if ([...holding, ...direct].some((one) => one.own && !one.other && isRequest(one))) return 'own';
    const words = this.pairs.filter((pair) => pair.value.includes(value)).map((pair) => firstWord(pair.name));
    if (words.some((word) => this.otherWords.has(word))) return 'other';
    const reach = reachOf(this.statements.map((one) => one.statement), (one) => one.bare.includes(value));
    const reached = this.statements.filter((one) => reach.statements.has(one.statement));
    if (reached.some((one) => this.leadsElsewhere(one))) return 'other';
    if (holding.some((one) => one.own && !one.other)) return 'own';
    const uses = (one: Marked): boolean => !one.other && (one.own || sharesWord(one.statement, this.ownReach.names));
    if (reached.some(uses) || words.some((word) => this.ownWords.has(word))) return 'own';
    return holding.some((one) => one.other && !one.own) && this.statements.length === 0 ? 'other' : 'open';
  }

  /** True for a statement that sends to another address. */
  private leadsElsewhere(one: Marked): boolean {
    if (one.own) return false;
    const uses = (reach: Reach): boolean => sharesWord(one.statement, reach.names);
    const called = sends(one.statement) && uses(this.otherReach) && !uses(this.ownReach);
    return called || (one.other && this.strict);
  }

  private callsOther(text: string): boolean {
    const called = fromText(text).some((one) => this.isOther(one.text) && isRequested(text, one.at) && !isCommented(text, one.at));
    return called || this.blocks.some((one) => heads(one.statement.text).some((host) => !this.marks.includes(host)))
      || this.statements.some((one) => this.leadsElsewhere(one));
  }

  private marked(statement: Statement): Marked {
    const lower = statement.text.toLowerCase();
    const other = fromText(statement.text).some((one) => this.isOther(one.text) && !isCommented(statement.text, one.at));
    const heading = heads(statement.text).some((host) => !this.marks.includes(host));
    return { statement, own: this.marks.some((mark) => lower.includes(mark)), other: other || heading };
  }

  private isOwn(address: string): boolean {
    const lower = address.toLowerCase();
    return this.marks.some((mark) => lower.includes(mark));
  }

  private isOther(address: string): boolean {
    return hostOf.test(address) && !this.isOwn(address);
  }
}

function isRequest(one: Marked): boolean {
  return sends(one.statement) || /^[ \t>]{0,8}(?:GET|POST|PUT|PATCH) \S/m.test(one.statement.text);
}

/** How a text names the service: by its host, and by its id. In lower case. */
function marksOf(chosen: Endpoint | MissingHost): string[] {
  if ('kind' in chosen) return [chosen.service.toLowerCase()];
  const { host } = new URL(chosen.origin);
  return chosen.form === 'exact' ? [host] : [host, chosen.service.toLowerCase()];
}

function heads(text: string): string[] {
  return [...text.matchAll(headOfHost)].map((match) => (match[1] ?? '').toLowerCase()).filter((host) => host.includes('.'));
}

/** The objects of a document that hold an address, each with all that is in it. */
function scopesOf(pairs: readonly Pair[]): Statement[] {
  const scopes = new Map<number, string[]>();
  for (const { scope, name, value } of pairs) {
    if (scope === undefined) continue;
    const lines = scopes.get(scope) ?? [];
    lines.push(`${name}: ${value}`);
    scopes.set(scope, lines);
  }
  return [...scopes.values()].map((lines) => statement(lines.join('\n')));
}

function wordsOf(pairs: readonly Pair[]): Set<string> {
  return new Set(pairs.map((pair) => firstWord(pair.name)).filter((word) => word !== '' && !general.has(word)));
}

/** The word that a name begins with, as `acme` in `ACME_API_KEY` and `acmeApiKey`. */
function firstWord(name: string): string {
  const plain = name.replace(/^\$(?:env:)?/i, '');
  return (/^[A-Z]{2,40}(?![a-z])|^[A-Za-z][a-z\d]{0,40}/.exec(plain)?.[0] ?? '').toLowerCase();
}
