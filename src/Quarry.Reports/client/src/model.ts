// The data of the page, as HtmlReport writes it. Nothing in it is markup: it reaches the page by textContent alone.

/** A change to a text for showing it: from where, how many UTF-16 units, what stands there instead. */
export type Patches = (number | string)[];

export type ColumnKind = "text" | "number" | "time";

export interface ColumnData {
  name: string;
  shownName: string;
  kind: ColumnKind;
  /** Whether it is shown at first. */
  headline: boolean;
  /** The distinct values as they are in the data, in their order: sorting by a column is sorting by position here. */
  values: string[];
  /** For positions in values: what to change for showing it. */
  patches: Record<string, Patches>;
  /** For each row the position of its value; -1 for null. */
  codes: number[];
}

export interface TableData {
  label: string;
  rows: number;
  columns: ColumnData[];
}

export interface ChartData {
  spec: Record<string, unknown>;
}

/** What a value looks like on the page: indicators defanged, control and bidirectional characters visible. */
export function shown(column: ColumnData, code: number): string {
  const raw = column.values[code] ?? "";
  const patches = column.patches[code];
  if (patches === undefined) {
    return raw;
  }
  let text = "";
  let at = 0;
  for (let i = 0; i + 2 < patches.length; i += 3) {
    const from = patches[i] as number;
    text += raw.slice(at, from) + (patches[i + 2] as string);
    at = from + (patches[i + 1] as number);
  }
  return text + raw.slice(at);
}
