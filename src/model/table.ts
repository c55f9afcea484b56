// A table as a service sends it: names, types and cells, nothing converted.

/**
 * One cell: the text of a JSON string, or the source text of a number, boolean, array or object exactly as it came; null for JSON null;
 * undefined where a row object leaves a column out in front of its last cell.
 */
export type Cell = string | null | undefined;

/** A column. Names may repeat and may be empty. `type` is the service's own name for it, absent where the service did not tell. */
export interface Column {
  readonly name: string;
  readonly type?: string;
}

/**
 * One output of a service. `rows` may be only the first of `totalRows`, and `columns` only the first of those that came (`notes` then says
 * so). A row may have fewer cells than there are columns: the cells that it lacks did not come.
 */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly totalRows: number;
  /** What a reader should know, in sentences: ragged rows, types that are missing, and the like. */
  readonly notes: readonly string[];
}
