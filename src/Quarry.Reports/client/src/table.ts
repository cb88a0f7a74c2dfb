import { announce, button, element } from "./dom.ts";
import { showRow } from "./details.ts";
import { filterRows } from "./filter.ts";
import { shown, type ColumnData, type TableData } from "./model.ts";
import { nextOrder, sortRows, type SortOrder } from "./sort.ts";

const rowHeight = 30;
const overscan = 12;
const mostPrinted = 1000;

/** A table of which only the rows in sight are in the page, and only the columns that were asked for. */
export class TableView {
  private readonly filters = new Map<number, string>();
  private readonly visible: Set<number>;
  private anywhere = "";
  private order: SortOrder | null = null;
  private rows: Int32Array;
  private focused = { place: 0, column: 0 };
  private isPrinting = false;
  private drawn = "";

  private readonly count = element("span", "count");
  private readonly scroller = element("div", "scroller");
  private readonly grid = element("table", "grid");
  private readonly sizes = element("colgroup");
  private readonly head = element("thead");
  private readonly body = element("tbody");

  constructor(private readonly host: HTMLElement, private readonly table: TableData) {
    this.rows = Int32Array.from({ length: table.rows }, (_, row) => row);
    this.visible = new Set(table.columns.flatMap((column, index) => (column.headline ? [index] : [])));
    this.grid.setAttribute("role", "grid");
    this.grid.setAttribute("aria-label", table.label);
    this.grid.append(this.sizes, this.head, this.body);
    this.scroller.append(this.grid);
    host.append(this.bar(), this.scroller);
    this.scroller.addEventListener("scroll", () => this.draw(), { passive: true });
    this.body.addEventListener("click", (event) => this.open(event));
    this.body.addEventListener("keydown", (event) => this.press(event));
    this.body.addEventListener("copy", (event) => this.copy(event));
    this.body.addEventListener("focusin", (event) => this.remember(event));
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    window.addEventListener("beforeprint", () => this.print(true));
    window.addEventListener("afterprint", () => this.print(false));
    this.drawHead();
    this.apply();
  }

  private bar(): HTMLElement {
    const bar = element("div", "bar");
    const search = element("input", "search");
    search.type = "search";
    search.placeholder = "Filter all columns";
    search.setAttribute("aria-label", `Filter all columns of ${this.table.label}`);
    search.spellcheck = false;
    search.addEventListener("input", () => {
      this.anywhere = search.value;
      this.apply();
    });
    this.count.setAttribute("role", "status");
    bar.append(search, this.count, this.chooser());
    return bar;
  }

  private chooser(): HTMLElement {
    const box = element("details", "chooser");
    const summary = element("summary", "", "");
    const list = element("div", "choices");
    const say = (): void => {
      summary.textContent = `Columns ${this.visible.size} of ${this.table.columns.length}`;
    };
    const set = (indexes: number[]): void => {
      this.visible.clear();
      indexes.forEach((index) => this.visible.add(index));
      list.querySelectorAll("input").forEach((input, index) => (input.checked = this.visible.has(index)));
      say();
      this.drawHead();
      this.apply();
    };
    const all = this.table.columns.map((_, index) => index);
    const both = element("div", "both");
    both.append(
      button("quiet", "All", () => set(all)),
      button("quiet", "As at first", () => set(all.filter((index) => this.table.columns[index]!.headline))));
    box.append(summary, list);
    // Thousands of columns are possible: their boxes are made when somebody looks.
    box.addEventListener("toggle", () => {
      if (box.open && list.childElementCount === 0) {
        list.append(both);
        for (const [index, column] of this.table.columns.entries()) {
          const label = element("label");
          const input = element("input");
          input.type = "checkbox";
          input.checked = this.visible.has(index);
          input.addEventListener("change", () => set(all.filter((i) => (i === index ? input.checked : this.visible.has(i)))));
          label.append(input, element("span", "", column.shownName));
          list.append(label);
        }
      }
    });
    say();
    return box;
  }

  private shownColumns(): [number, ColumnData][] {
    return [...this.table.columns.entries()].filter(([index]) => this.visible.has(index));
  }

  private drawHead(): void {
    const names = element("tr", "names");
    const inputs = element("tr", "filters");
    const columns = this.shownColumns();
    this.sizes.replaceChildren(...columns.map(([, column]) => {
      const size = element("col");
      size.style.width = `${widthOf(column)}px`;
      return size;
    }));
    for (const [index, column] of columns) {
      const header = element("th", column.kind);
      header.scope = "col";
      const name = button("name", column.shownName, () => {
        this.order = nextOrder(this.order, index);
        this.apply();
      });
      name.title = column.shownName;
      header.append(name);
      header.dataset["column"] = String(index);
      names.append(header);

      const cell = element("td");
      const input = element("input");
      input.type = "search";
      input.spellcheck = false;
      input.value = this.filters.get(index) ?? "";
      input.placeholder = column.kind === "text" ? "contains, =, !" : "<, >, a..b";
      input.setAttribute("aria-label", `Filter ${column.shownName}`);
      input.addEventListener("input", () => {
        this.filters.set(index, input.value);
        this.apply();
      });
      cell.append(input);
      inputs.append(cell);
    }
    this.head.replaceChildren(names, inputs);
    this.grid.setAttribute("aria-colcount", String(columns.length));
    this.grid.style.width = `${columns.reduce((sum, [, column]) => sum + widthOf(column), 0)}px`;
  }

  private apply(): void {
    const active = new Map([...this.filters].filter(([index]) => this.visible.has(index)));
    this.rows = sortRows(filterRows(this.table, this.anywhere, active), this.table.columns, this.order);
    const all = this.table.rows.toLocaleString("en-US");
    this.count.textContent = this.rows.length === this.table.rows
      ? `${all} ${this.table.rows === 1 ? "row" : "rows"}`
      : `${this.rows.length.toLocaleString("en-US")} of ${all} rows`;
    this.grid.setAttribute("aria-rowcount", String(this.rows.length + 2));
    this.head.querySelectorAll<HTMLElement>("th").forEach((header) => {
      const isSorted = this.order !== null && header.dataset["column"] === String(this.order.column);
      header.setAttribute("aria-sort", !isSorted ? "none" : this.order!.descending ? "descending" : "ascending");
    });
    this.scroller.scrollTop = 0;
    this.focused.place = 0;
    this.drawn = "";
    this.draw();
  }

  /** Puts the rows in sight into the page, and two empty ones as high as all the others. */
  private draw(): void {
    const height = this.scroller.clientHeight || 400;
    let first = Math.max(0, Math.floor(this.scroller.scrollTop / rowHeight) - overscan);
    let last = Math.min(this.rows.length, Math.ceil((this.scroller.scrollTop + height) / rowHeight) + overscan);
    if (this.isPrinting) {
      first = 0;
      last = Math.min(this.rows.length, mostPrinted);
    }
    const key = `${first} ${last}`;
    if (key === this.drawn) {
      return;
    }
    this.drawn = key;
    const columns = this.shownColumns();
    const parts: HTMLElement[] = [space(first, columns.length)];
    for (let place = first; place < last; place++) {
      parts.push(this.row(place, columns));
    }
    parts.push(space(this.isPrinting ? 0 : this.rows.length - last, columns.length));
    if (this.isPrinting && last < this.rows.length) {
      parts.push(note(`Printed: the first ${last} of ${this.rows.length} rows.`, columns.length));
    }
    if (this.rows.length === 0) {
      parts.push(note(this.table.rows === 0 ? "No rows." : "No row passes the filters.", columns.length));
    }
    const hadFocus = this.body.contains(document.activeElement);
    this.body.replaceChildren(...parts);
    if (hadFocus) {
      this.cellAt(this.focused.place, this.focused.column)?.focus({ preventScroll: true });
    }
  }

  private row(place: number, columns: [number, ColumnData][]): HTMLElement {
    const row = element("tr");
    const index = this.rows[place]!;
    row.dataset["place"] = String(place);
    row.setAttribute("aria-rowindex", String(place + 3));
    for (const [at, [, column]] of columns.entries()) {
      const code = column.codes[index]!;
      const cell = element("td", code < 0 ? `null ${column.kind}` : column.kind, code < 0 ? "–" : cut(shown(column, code)));
      cell.tabIndex = place === this.focused.place && at === this.focused.column ? 0 : -1;
      row.append(cell);
    }
    return row;
  }

  private placeOf(target: EventTarget | null): { place: number; column: number } | null {
    const cell = target instanceof HTMLElement ? target.closest("td") : null;
    const place = cell?.parentElement?.dataset["place"];
    return cell && place !== undefined ? { place: Number(place), column: cell.cellIndex } : null;
  }

  private cellAt(place: number, column: number): HTMLElement | null {
    return (this.body.querySelector<HTMLTableRowElement>(`tr[data-place="${place}"]`)?.cells[column] as HTMLElement | undefined) ?? null;
  }

  private remember(event: FocusEvent): void {
    const at = this.placeOf(event.target);
    if (at) {
      this.cellAt(this.focused.place, this.focused.column)?.setAttribute("tabindex", "-1");
      this.focused = at;
      this.cellAt(at.place, at.column)?.setAttribute("tabindex", "0");
    }
  }

  private open(event: Event): void {
    const at = this.placeOf(event.target);
    // Who marks text in a cell does not want to open it.
    if (at && (window.getSelection()?.isCollapsed ?? true)) {
      showRow(this.table, this.rows[at.place]!, this.cellAt(at.place, at.column));
    }
  }

  private press(event: KeyboardEvent): void {
    const at = this.placeOf(event.target);
    if (!at || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / rowHeight) - 3);
    const moves: Record<string, [number, number]> = {
      ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
      PageDown: [page, 0], PageUp: [-page, 0], Home: [0, -1e9], End: [0, 1e9],
    };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      showRow(this.table, this.rows[at.place]!, this.cellAt(at.place, at.column));
      return;
    }
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      this.goTo(at.place + move[0], at.column + move[1]);
    }
  }

  private goTo(place: number, column: number): void {
    const to = {
      place: Math.min(Math.max(0, place), this.rows.length - 1),
      column: Math.min(Math.max(0, column), this.visible.size - 1),
    };
    const head = this.head.clientHeight;
    const top = to.place * rowHeight;
    const room = this.scroller.clientHeight - head - rowHeight;
    if (top < this.scroller.scrollTop) {
      this.scroller.scrollTop = top;
    } else if (top > this.scroller.scrollTop + room) {
      this.scroller.scrollTop = top - room;
    }
    this.focused = to;
    this.draw();
    this.cellAt(to.place, to.column)?.focus({ preventScroll: false });
  }

  /** The keyboard's copy gives the value of the cell as it is in the data; marked text is copied as it is shown. */
  private copy(event: ClipboardEvent): void {
    const at = this.placeOf(document.activeElement);
    if (!at || !(window.getSelection()?.isCollapsed ?? true)) {
      return;
    }
    const [, column] = this.shownColumns()[at.column]!;
    const code = column.codes[this.rows[at.place]!]!;
    event.clipboardData?.setData("text/plain", code < 0 ? "" : column.values[code]!);
    event.preventDefault();
    announce("Copied the value as it is");
  }

  private print(isPrinting: boolean): void {
    this.isPrinting = isPrinting;
    this.draw();
  }
}

function space(rows: number, columns: number): HTMLElement {
  const row = element("tr", "space");
  row.setAttribute("aria-hidden", "true");
  row.style.height = `${rows * rowHeight}px`;
  const cell = element("td");
  cell.colSpan = Math.max(1, columns);
  row.append(cell);
  row.hidden = rows === 0;
  return row;
}

function note(text: string, columns: number): HTMLElement {
  const row = element("tr", "note");
  const cell = element("td", "", text);
  cell.colSpan = Math.max(1, columns);
  row.append(cell);
  return row;
}

// What does not fit into a cell is not given to the page at all: a thousand rows of a megabyte each would stall it.
function cut(text: string): string {
  return text.length > 300 ? text.slice(0, 300) + "…" : text;
}

/** Wide enough for most of the values, in pixels. */
function widthOf(column: ColumnData): number {
  const step = Math.max(1, Math.floor(column.values.length / 200));
  const lengths: number[] = [];
  for (let code = 0; code < column.values.length; code += step) {
    lengths.push(Math.min(80, shown(column, code).length));
  }
  lengths.sort((a, b) => a - b);
  const most = lengths[Math.floor((lengths.length - 1) * 0.9)] ?? 0;
  return Math.round(Math.min(column.kind === "text" ? 460 : 230, Math.max(96, most * 7.6 + 26, Math.min(30, column.shownName.length) * 8 + 40)));
}

