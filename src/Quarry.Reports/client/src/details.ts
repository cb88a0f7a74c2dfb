import { announce, button, copyText, element } from "./dom.ts";
import { shown, type TableData } from "./model.ts";

const mostShown = 20_000;

/** All values of a row, whole, each with a button that copies it as it is. */
export function showRow(table: TableData, row: number, from: HTMLElement | null): void {
  const dialog = element("dialog", "details");
  dialog.setAttribute("aria-label", `Row ${row + 1} of ${table.label}`);
  const head = element("div", "details-head");
  head.append(element("h3", "", `Row ${(row + 1).toLocaleString("en-US")}`), button("quiet", "Close", () => dialog.close()));
  const list = element("dl");
  for (const column of table.columns) {
    const code = column.codes[row]!;
    if (code < 0) {
      continue;
    }
    // Numbers are rounded in the table only.
    const isText = column.kind === "text";
    const text = isText ? shown(column, code) : column.values[code]!;
    const isDefanged = isText && column.patches[code] !== undefined;
    const value = element("dd", column.kind);
    const body = element("div", "value", text.length > mostShown ? text.slice(0, mostShown) : text);
    value.append(body);
    if (text.length > mostShown) {
      value.append(button("quiet", `Show all ${text.length.toLocaleString("en-US")} characters`, function () {
        body.textContent = text;
      }));
    }
    const name = element("dt", "", column.shownName);
    const copy = button("quiet copy", isDefanged ? "Copy live value" : "Copy", () => {
      copyText(column.values[code]!);
      announce(`Copied ${column.shownName} as it is`);
    });
    copy.setAttribute("aria-label", `Copy ${column.shownName} as it is in the data`);
    name.append(copy);
    list.append(name, value);
  }
  dialog.append(head, list);
  const empty = table.columns.filter((column) => column.codes[row]! < 0).length;
  if (empty > 0) {
    dialog.append(element("p", "quiet-text", `${empty} ${empty === 1 ? "column is" : "columns are"} null.`));
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    from?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
