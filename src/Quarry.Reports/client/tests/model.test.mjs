// The page's sorting and filtering beside the obvious slow versions, on random tables. Run by `npm test`, and by dotnet test.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";

// Bundled first: this version of Node does not read TypeScript.
async function load(entry) {
  const result = await build({
    root: fileURLToPath(new URL("..", import.meta.url)),
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL("../src/" + entry, import.meta.url)), formats: ["es"] } },
  });
  const [file] = [result].flat().flatMap((part) => part.output);
  return import("data:text/javascript;base64," + Buffer.from(file.code).toString("base64"));
}

const { filterRows, parseFilter } = await load("filter.ts");
const { sortRows, nextOrder } = await load("sort.ts");
const { shown } = await load("model.ts");

let seed = 42;
const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;

function randomTable(rows) {
  const columns = [0, 1, 2].map((index) => {
    const values = Array.from({ length: 1 + random(20) }, (_, i) => (index === 0 ? String(i * 3 - 9) : `Value ${String.fromCharCode(97 + i)}.x`));
    return {
      name: `c${index}`, shownName: `c${index}`, kind: index === 0 ? "number" : "text", headline: true, values,
      patches: index === 1 ? { 0: [7, 2, "[.]x"] } : {},
      codes: Array.from({ length: rows }, () => random(values.length + 1) - 1),
    };
  });
  return { label: "t", rows, columns };
}

test("sorting is stable, up and down, with nulls last", () => {
  for (let round = 0; round < 50; round++) {
    const table = randomTable(random(60));
    const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
    for (const descending of [false, true]) {
      const codes = table.columns[0].codes;
      const expected = [...rows].sort((a, b) => {
        const [x, y] = [codes[a], codes[b]];
        return x === y ? a - b : x < 0 ? 1 : y < 0 ? -1 : descending ? y - x : x - y;
      });
      assert.deepEqual([...sortRows(rows, table.columns, { column: 0, descending })], expected);
    }
  }
});

test("filters pass the rows that pass one by one", () => {
  for (let round = 0; round < 50; round++) {
    const table = randomTable(random(60));
    const text = ["", "value", "VALUE a", "-3", "nothing", "[.]x"][random(6)];
    const number = ["", ">0", "<= 3", "-3..6", "!6", "=0"][random(6)];
    const found = filterRows(table, text, new Map([[0, number]]));
    const test = parseFilter(number, "number");
    const cells = (row) => table.columns.filter((c) => c.codes[row] >= 0).flatMap((c) => [c.values[c.codes[row]], shown(c, c.codes[row])]);
    const expected = Array.from({ length: table.rows }, (_, row) => row)
      .filter((row) => test === null || test(table.columns[0], table.columns[0].codes[row]))
      .filter((row) => text.toLowerCase().split(" ").filter((word) => word).every((word) => cells(row).some((cell) => cell.toLowerCase().includes(word))));
    assert.deepEqual([...found], expected);
  }
});

test("numbers and times are compared as such", () => {
  const number = { kind: "number", values: ["9", "10", "1e3"], patches: {}, codes: [] };
  const passing = (column, text) => column.values.filter((_, code) => parseFilter(text, column.kind)(column, code));
  assert.deepEqual(passing(number, ">9"), ["10", "1e3"]);
  assert.deepEqual(passing(number, "<=1,000"), ["9", "10", "1e3"]);
  assert.deepEqual(passing(number, "> x"), []);
  const time = { kind: "time", values: ["2026-03-03T23:59:59Z", "2026-03-04T09:00:00.5Z", "2026-03-05T00:00:00Z"], patches: {}, codes: [] };
  assert.deepEqual(passing(time, ">= 2026-03-04"), time.values.slice(1));
  assert.deepEqual(passing(time, "<= 2026-03-04"), time.values.slice(0, 2));
  assert.deepEqual(passing(time, "> 2026-03-04"), time.values.slice(2));
  assert.deepEqual(passing(time, "2026-03-04 .. 2026-03-04 09"), [time.values[1]]);
});

test("a header goes up, down, and back", () => {
  const up = nextOrder(null, 2);
  const down = nextOrder(up, 2);
  assert.deepEqual([up, down, nextOrder(down, 2), nextOrder(down, 1)],
    [{ column: 2, descending: false }, { column: 2, descending: true }, null, { column: 1, descending: false }]);
});

test("patches change the text where they say", () => {
  const column = { values: ["see http://a.b now", "plain"], patches: { 0: [4, 10, "hxxp[:]//a[.]b"] }, codes: [] };
  assert.equal(shown(column, 0), "see hxxp[:]//a[.]b now");
  assert.equal(shown(column, 1), "plain");
});
