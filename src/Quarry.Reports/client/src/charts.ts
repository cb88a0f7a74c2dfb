import { parse, View, type Spec } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { element } from "./dom.ts";
import type { ChartData } from "./model.ts";

// Elements of an SVG can be found, marked and printed sharply; past so many of them a canvas is quicker.
const mostInSvg = 2500;
const dark = window.matchMedia("(prefers-color-scheme: dark)");

interface ConcatSpec {
  config?: object;
  data: { values: unknown[] };
  vconcat?: { width?: number; encoding?: { y?: { axis?: { minExtent?: number } } }; layer?: ConcatSpec["vconcat"] }[];
}

/** Draws a chart as wide as its place is, again when the place or the colour scheme changes. */
function draw(host: HTMLElement, chart: ChartData, darkConfig: unknown): void {
  const picture = element("div", "picture");
  host.replaceChildren(picture);
  let view: View | null = null;
  let width = 0;

  const render = (): void => {
    width = host.clientWidth;
    const spec = fit(chart.spec as unknown as ConcatSpec, width, dark.matches ? (darkConfig as object) : null);
    const compiled = compile(spec as unknown as TopLevelSpec).spec as Spec;
    view?.finalize();
    picture.replaceChildren();
    view = new View(parse(compiled, {}, { ast: true }), {
      expr: expressionInterpreter,
      renderer: spec.data.values.length > mostInSvg ? "canvas" : "svg",
      container: picture,
      hover: true,
      // Nothing is ever loaded and nothing is a link.
      loader: { load: () => Promise.reject(new Error("A chart loads nothing.")), sanitize: () => Promise.reject(new Error("A chart has no links.")) } as never,
    });
    view.tooltip((_handler, event, _item, value) => showTip(event as MouseEvent, value));
    // Vega lays an empty form beside every chart, for inputs that ours do not have.
    picture.querySelector("form")?.remove();
    void view.runAsync().then(() => (host.dataset["ready"] = "yes"));
  };

  render();
  dark.addEventListener("change", render);
  let timer = 0;
  new ResizeObserver(() => {
    if (Math.abs(host.clientWidth - width) > 4 && host.clientWidth > 0) {
      window.clearTimeout(timer);
      timer = window.setTimeout(render, 120);
    }
  }).observe(host);
}

/** The specification for a place: charts one below another cannot follow the width of the page by themselves. */
function fit(spec: ConcatSpec, width: number, config: object | null): ConcatSpec {
  const fitted = structuredClone(spec);
  if (config) {
    fitted.config = config;
  }
  for (const part of fitted.vconcat ?? []) {
    part.width = Math.max(160, width - axisRoom(part) - 24);
  }
  return fitted;
}

function axisRoom(part: NonNullable<ConcatSpec["vconcat"]>[number]): number {
  const extents = [part, ...(part.layer ?? [])].map((layer) => layer.encoding?.y?.axis?.minExtent ?? 0);
  return Math.max(...extents) + (Math.max(...extents) < 100 ? 26 : 8);
}

let tip: HTMLElement | null = null;

/** What is under the pointer, name by name. */
function showTip(event: MouseEvent, value: unknown): void {
  tip?.remove();
  tip = null;
  if (value === null || typeof value !== "object") {
    return;
  }
  tip = element("div", "tip");
  const list = element("dl");
  for (const [name, text] of Object.entries(value as Record<string, unknown>)) {
    if (text !== null && text !== undefined && text !== "" && text !== "undefined" && text !== "null") {
      list.append(element("dt", "", name), element("dd", "", limited(String(text))));
    }
  }
  tip.append(list);
  document.body.append(tip);
  const left = event.clientX + 14 + tip.offsetWidth > document.documentElement.clientWidth ? event.clientX - tip.offsetWidth - 10 : event.clientX + 14;
  const top = event.clientY + 14 + tip.offsetHeight > window.innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 14;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}

function limited(text: string): string {
  return text.length > 600 ? text.slice(0, 600) + "…" : text;
}

globalThis.quarryCharts = { draw };
