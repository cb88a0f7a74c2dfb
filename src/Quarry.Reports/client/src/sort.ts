import type { ColumnData } from "./model.ts";

export interface SortOrder {
  column: number;
  descending: boolean;
}

/** The rows in the order of a column; equal values keep their order, nulls come last either way. */
export function sortRows(rows: Int32Array, columns: readonly ColumnData[], order: SortOrder | null): Int32Array {
  const column = order === null ? undefined : columns[order.column];
  if (order === null || column === undefined) {
    return rows;
  }
  // Counting: the codes are dense, so no comparison is needed, and the order of equal ones stays.
  const size = column.values.length;
  const place = (code: number): number => (code < 0 ? size : order.descending ? size - 1 - code : code);
  const starts = new Int32Array(size + 2);
  for (const row of rows) {
    starts[place(column.codes[row]!) + 1]!++;
  }
  for (let i = 1; i < starts.length; i++) {
    starts[i]! += starts[i - 1]!;
  }
  const sorted = new Int32Array(rows.length);
  for (const row of rows) {
    sorted[starts[place(column.codes[row]!)]!++] = row;
  }
  return sorted;
}

/** A click on a header: up, down, then as it came. */
export function nextOrder(order: SortOrder | null, column: number): SortOrder | null {
  if (order === null || order.column !== column) {
    return { column, descending: false };
  }
  return order.descending ? null : { column, descending: true };
}
