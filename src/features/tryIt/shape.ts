// What a call takes, and what a person has given for it: plain data, which the page knows too. No key is in it.

/** What a page keeps of its target over a reload: ids alone, in an order that only the feature knows that made it. */
export interface SavedTarget {
  readonly ids: readonly string[];
}

/** What can be done next with what a call has answered. */
export interface Afterwards {
  readonly sentence: string;
  readonly offers: readonly { readonly id: string; readonly label: string }[];
}

/** A part of the address that is filled in. All texts come from outside. */
export interface CallParameter {
  readonly name: string;
  /** `path` and `query` stand in the template; an `option` is put behind its query where it has a value. */
  readonly place: 'path' | 'query' | 'option';
  readonly description?: string;
  readonly type?: string;
  readonly required: boolean;
  readonly value: string;
  /** The values that it may have; empty where it may have any. */
  readonly values: readonly string[];
  /** True for an argument of the query that carries a key: nothing can be given for it, as the chosen key goes along. */
  readonly key?: true;
  /** True where it stands for the rest of a path, slashes included. */
  readonly rest?: boolean;
}

/** A header, with its value. */
export interface CallHeader {
  readonly name: string;
  readonly value: string;
}

/** The body that a call takes. */
export interface CallBody {
  readonly contentType: string;
  /** True where it is checked as JSON; `comments` where they are taken out before it is sent. */
  readonly json: boolean;
  readonly comments: boolean;
  readonly required: boolean;
  /** What stands there first. */
  readonly text: string;
  /** Where that comes from, in a sentence; absent for nothing. */
  readonly from?: string;
  /** True for an example: what it has such as `{account}` stands for what a person has, and is not sent unasked. */
  readonly example?: true;
  /** True where the API tells of no body: its field is there when a person wants one. */
  readonly untold?: true;
}

/** Whose key goes along. Its value is nowhere: it is read at the moment of the call. */
export interface KeyChoice {
  readonly id: string;
  readonly label: string;
  /** Why it may be refused, in a sentence; absent where nothing is known against it. */
  readonly remark?: string;
}

/** The service's own key. */
export interface ServiceKeyShape {
  /** The service of the sidebar whose key it is; absent where there is none. */
  readonly service?: string;
  readonly isSet: boolean;
  /** Present where it goes along only when a person takes it in: the address that stands there first is not that of the service. */
  readonly isOther?: true;
  /** What is to be known of it, in a sentence. */
  readonly help: string;
}

/** What a call takes. */
export interface CallShape {
  readonly title: string;
  /** What it belongs to: the API. */
  readonly owner: string;
  /** Where that is. */
  readonly where: string;
  readonly sample: boolean;
  readonly method: string;
  /** Where it can be called: what stands before the template; no trailing slash. Never empty. */
  readonly bases: readonly string[];
  /** Begins with a slash, or is empty; `{name}` stands for each parameter. */
  readonly template: string;
  readonly parameters: readonly CallParameter[];
  readonly headers: readonly CallHeader[];
  /** Names that nobody gives: the chosen key has them. In lower case. */
  readonly keyHeaders: readonly string[];
  /** Absent where a call has none. */
  readonly body?: CallBody;
  readonly keys: readonly KeyChoice[];
  /** The one of `keys` that is chosen first. */
  readonly key: string;
  readonly serviceKey?: ServiceKeyShape;
  /** What is to be known before a call, in sentences. */
  readonly notes: readonly string[];
}

/** What a person has given. */
export interface CallDraft {
  /** One of the shape's addresses. */
  readonly base: string;
  /** A value for each of the shape's parameters, in their order. */
  readonly values: readonly string[];
  readonly headers: readonly CallHeader[];
  readonly body: string;
  /** The id of the chosen key. */
  readonly key: string;
  /** True where the service's own key goes along. */
  readonly serviceKey: boolean;
}

/** What is wrong with a draft: a sentence at the place where it is put right. */
export interface DraftProblems {
  readonly base?: string;
  readonly key?: string;
  /** By the parameters' places in the list; empty where nothing is wrong. */
  readonly values: readonly string[];
  /** By the headers' places in the list; empty where nothing is wrong. */
  readonly headers: readonly string[];
  readonly body?: BodyProblem;
}

/** What is wrong with a body, and where: line and column count from 1, `offset` in UTF-16 units from 0. */
export interface BodyProblem {
  readonly sentence: string;
  readonly line?: number;
  readonly column?: number;
  readonly offset?: number;
  /** True where the text is no JSON: it can be sent as it stands, when a person says so. */
  readonly notJson?: true;
}

/** Why nothing was sent. */
export interface Unsent {
  readonly sentence: string;
  /** True where it can be sent as it stands. */
  readonly anyway: boolean;
  /** Where in the body, in UTF-16 units; absent for what is wrong elsewhere. */
  readonly place?: { readonly offset: number; readonly length: number };
}
