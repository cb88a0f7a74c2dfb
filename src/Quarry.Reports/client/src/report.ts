import { announce, copyText, readData } from "./dom.ts";
import type { ChartData, TableData } from "./model.ts";
import { TableView } from "./table.ts";

/** What charts.ts gives to the page, where the report has charts. */
interface ChartDrawing {
  draw(host: HTMLElement, chart: ChartData, darkConfig: unknown): void;
}

declare global {
  // Set by the script of the charts, which stands before this one.
  var quarryCharts: ChartDrawing | undefined;
}

/** Does something when an element is about to come into sight: a page of many results opens as fast as one of few. */
function whenNear(target: Element, act: () => void): void {
  const watch = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      watch.disconnect();
      act();
    }
  }, { rootMargin: "800px" });
  watch.observe(target);
  window.addEventListener("beforeprint", () => {
    watch.disconnect();
    act();
  }, { once: true });
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) {
      isDone = true;
      act();
    }
  };
}

for (const host of document.querySelectorAll<HTMLElement>("[data-table]")) {
  whenNear(host, once(() => {
    new TableView(host, readData<TableData>(host.dataset["table"]!));
    host.dataset["ready"] = "yes";
  }));
}

for (const host of document.querySelectorAll<HTMLElement>("[data-chart]")) {
  whenNear(host, once(() => globalThis.quarryCharts?.draw(host, readData<ChartData>(host.dataset["chart"]!), readData("dark-config"))));
}

for (const command of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  command.addEventListener("click", () => {
    copyText(readData<string>(command.dataset["copy"]!));
    announce("Copied the command");
  });
}

document.documentElement.classList.add("live");
