import { shown, type ColumnData, type TableData } from "./model.ts";

type Test = (column: ColumnData, code: number) => boolean;

/**
 * What a filter of a column asks of a value. Text: contains it, in any letter case, as it is or as it is shown; `=text`
 * equals it, `!text` does not contain it. Numbers and times: `>5`, `>=5`, `<5`, `<=5`, `5..9` too.
 */
export function parseFilter(text: string, kind: ColumnData["kind"]): Test | null {
  const query = text.trim();
  if (query === "") {
    return null;
  }
  if (query.startsWith("!")) {
    const inner = parseFilter(query.slice(1), kind);
    return inner === null ? null : (column, code) => !inner(column, code);
  }
  if (kind !== "text") {
    const range = /^(\S.*?)\s*\.\.\s*(\S.*)$/.exec(query);
    if (range) {
      const low = compareWith(range[1]!, kind);
      const high = compareWith(range[2]!, kind, true);
      return low && high ? (column, code) => code >= 0 && low(column.values[code]!) >= 0 && high(column.values[code]!) <= 0 : never;
    }
    const comparison = /^(<=|>=|<|>)\s*(.+)$/.exec(query);
    if (comparison) {
      const sign = comparison[1]!;
      const order = compareWith(comparison[2]!, kind, sign === "<=" || sign === ">");
      if (!order) {
        return never;
      }
      const holds = { "<": (n: number) => n < 0, "<=": (n: number) => n <= 0, ">": (n: number) => n > 0, ">=": (n: number) => n >= 0 }[sign]!;
      return (column, code) => code >= 0 && holds(order(column.values[code]!));
    }
  }
  if (query.startsWith("=")) {
    const wanted = fold(query.slice(1).trim());
    return (column, code) => (code < 0 ? wanted === "" : fold(column.values[code]!) === wanted || fold(shown(column, code)) === wanted);
  }
  const wanted = fold(query);
  return (column, code) => contains(column, code, wanted);
}

const never: Test = () => false;

/** Orders a value against a number, or against a time that may be cut (`2026-03-04 09`): then the whole of it counts where `whole` is asked. */
function compareWith(text: string, kind: ColumnData["kind"], whole = false): ((value: string) => number) | null {
  if (kind === "number") {
    const wanted = Number(text.replaceAll(",", ""));
    return Number.isNaN(wanted) ? null : (value) => Number(value) - wanted;
  }
  const wanted = text.trim().replace(" ", "T").replace(/Z$/i, "").toUpperCase();
  return /^\d{4}/.test(wanted)
    ? (value) => {
        const time = value.replace(" ", "T").replace(/Z$/i, "").toUpperCase();
        const part = whole ? time.slice(0, wanted.length) : time;
        return part < wanted ? -1 : part > wanted ? 1 : 0;
      }
    : null;
}

function fold(text: string): string {
  return text.toLowerCase();
}

function contains(column: ColumnData, code: number, folded: string): boolean {
  return code >= 0
    && (fold(column.values[code]!).includes(folded) || (column.patches[code] !== undefined && fold(shown(column, code)).includes(folded)));
}

/** The rows that pass: each distinct value is asked once. */
export function filterRows(table: TableData, anywhere: string, byColumn: ReadonlyMap<number, string>): Int32Array {
  const pass = new Uint8Array(table.rows).fill(1);
  for (const [index, text] of byColumn) {
    const column = table.columns[index]!;
    const test = parseFilter(text, column.kind);
    if (test) {
      const missing = test(column, -1) ? 1 : 0;
      const passing = Uint8Array.from(column.values, (_, code) => (test(column, code) ? 1 : 0));
      for (let row = 0; row < table.rows; row++) {
        const code = column.codes[row]!;
        pass[row]! &= code < 0 ? missing : passing[code]!;
      }
    }
  }
  for (const word of fold(anywhere).split(/\s+/).filter((part) => part !== "")) {
    const found = new Uint8Array(table.rows);
    for (const column of table.columns) {
      const hits = Uint8Array.from(column.values, (_, code) => (contains(column, code, word) ? 1 : 0));
      if (hits.includes(1)) {
        for (let row = 0; row < table.rows; row++) {
          const code = column.codes[row]!;
          found[row]! |= code < 0 ? 0 : hits[code]!;
        }
      }
    }
    for (let row = 0; row < table.rows; row++) {
      pass[row]! &= found[row]!;
    }
  }
  let count = 0;
  const rows = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    if (pass[row]) {
      rows[count++] = row;
    }
  }
  return rows.subarray(0, count);
}
