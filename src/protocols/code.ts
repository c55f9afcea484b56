// Calls to a service as programs, and how its operations look: what Copy as Code and the page of a service show. No key is in any of it.

import type { Header } from '../model/wire';

/** Writes calls to one service. */
export interface ServiceCode {
  readonly languages: readonly CodeLanguage[];
  /** A program that sends this body, but for what looks secret in it, and prints the answer; without a body, the shape of a request. */
  request(language: string, body: string | undefined): string;
  /** A program that runs a batch job and saves its results; absent for a service without jobs. */
  readonly job?: (language: string, job: CodeJob) => string;
  /** The request that a text is, as it is put into a program; undefined for a text that is none. */
  requestIn(text: string): string | undefined;
  /** The service as its page shows it. */
  page(lastExchange: LastExchange): ServicePageParts;
}

/** Writes single calls, whatever they are, as programs. */
export interface CallCode {
  readonly languages: readonly CodeLanguage[];
  /** A program that makes the call once more and prints the answer. */
  program(language: string, call: CopiedCall): string;
}

/** A call as it was shown: secrets masked, keys too. */
export interface CopiedCall {
  /** What was called, for people. */
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  /** The header that carried a subscription's key; absent where it is not known. */
  readonly subscriptionKeyHeader?: string | undefined;
  /** Absent where nothing was sent. */
  readonly body?: string | undefined;
}

/** A language that programs are written in. */
export interface CodeLanguage {
  readonly id: string;
  readonly name: string;
  /** What a program needs to run, in a few words. */
  readonly needs: string;
  /** VS Code's id of the language. */
  readonly vscodeLanguage: string;
}

/** What a program of a job is made from. A job with one input that has no name goes without one. */
export interface CodeJob {
  readonly inputs: readonly { readonly port?: string }[];
  /** JSON text of an object, or empty. */
  readonly parametersJson: string;
}

/** What is at hand of a service: its last request and what came back for it, secrets masked. */
export interface LastExchange {
  readonly request?: string | undefined;
  readonly answer?: string | undefined;
  /** True when more follows on that. */
  readonly answerGoesOn?: boolean;
  /** Requests that were made from the service's description, strict JSON by form; looked at where none was sent. */
  readonly made?: Readonly<Record<string, string>>;
}

/** What a page tells of a service. */
export interface ServicePageParts {
  /** What it is known by beside its address, a few words each. */
  readonly facts: readonly string[];
  /** What a reader should know, in sentences. */
  readonly notes: readonly string[];
  /** Ways to call it, such as requests and batch jobs. */
  readonly ways: readonly ServiceWay[];
}

/** One way to call a service: its operations, and the same call in each language. */
export interface ServiceWay {
  readonly name: string;
  readonly operations: readonly ServiceOperation[];
  readonly codes: readonly ServiceProgram[];
}

/** One operation. Holds no key: `headers` have placeholders. */
export interface ServiceOperation {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly request?: string;
  /** Where the body of the request comes from, in a sentence. */
  readonly requestNote?: string;
  readonly response?: string;
  readonly notes: readonly string[];
}

/** A program, under the name of its language. */
export interface ServiceProgram {
  readonly language: string;
  readonly needs: string;
  readonly code: string;
}
