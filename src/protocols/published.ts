// A service as an API gateway offers it: operations with URL templates, schemas and examples. Plain data; no key is in it.

/** What a gateway has to know of a service. */
export interface PublishedService {
  /** Where URL templates lead: scheme, host, and what stands in front of the contract's own paths; no trailing slash. */
  readonly backendUrl: string;
  readonly about: string;
  readonly operations: readonly PublishedOperation[];
  /** By their names, as OpenAPI 3.0 has them among its components. */
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** One operation. */
export interface PublishedOperation {
  /** Small letters, digits and hyphens. */
  readonly id: string;
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly description: string;
  readonly template: PublishedTemplate;
  /** For callers who should not know where the service is: `rewrite` is the template of the path that it has there, with its query. */
  readonly short: PublishedTemplate & { readonly rewrite: string };
  /** Arguments of the query that may be left out. */
  readonly options: readonly PublishedParameter[];
  readonly request?: PublishedBody;
  readonly response: PublishedBody;
}

/** `urlTemplate` begins with a slash; `{name}` stands for each of the parameters, in the path and in the query. */
export interface PublishedTemplate {
  readonly urlTemplate: string;
  readonly parameters: readonly PublishedParameter[];
}

/** A part of a template, or an argument of the query. */
export interface PublishedParameter {
  readonly name: string;
  readonly description: string;
  readonly type: 'string';
  readonly required: boolean;
  readonly defaultValue?: string;
  readonly values?: readonly string[];
}

/** A JSON body; one without a schema is empty. */
export interface PublishedBody {
  readonly description: string;
  /** Its name. */
  readonly schema?: string;
  readonly example?: unknown;
}
