// Checks Vega-Lite specifications: standard input holds one a line, standard output gets one answer a line.
// Each is validated against the schema that vega-lite ships, compiled, and drawn by the interpreter without a page.
// argv: the folder whose node_modules holds vega, vega-lite, vega-interpreter and ajv.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const client = process.argv[2];
const require = createRequire(join(client, "package.json"));
const load = (path) => import(pathToFileURL(join(client, "node_modules", path)).href);
const vega = await load("vega/build/vega.module.js").catch(() => load("vega/index.js"));
const { compile } = await load("vega-lite/build/index.js");
const { expressionInterpreter } = await load("vega-interpreter/build/vega-interpreter.module.js").catch(() => load("vega-interpreter/index.js"));
const Ajv = require("ajv").default ?? require("ajv");
const addFormats = require("ajv-formats").default ?? require("ajv-formats");

const ajv = new Ajv({ allowUnionTypes: true, strict: false });
addFormats(ajv);
ajv.addFormat("color-hex", () => true);
const validate = ajv.compile(JSON.parse(readFileSync(join(client, "node_modules/vega-lite/build/vega-lite-schema.json"), "utf8")));

// What Vega logs is a failure here: an expression that does not parse, a field that is not there. That Node has no window,
// whose width a chart could follow, is none, nor is a layer without points.
function collector(into) {
  const push = (texts) => /^Can not resolve event source: window$|^Infinite extent for field /.test(texts.join(" ")) || into.push(texts.join(" "));
  const logger = {
    level: () => logger,
    info: () => logger,
    debug: () => logger,
    warn: (...texts) => (push(texts), logger),
    error: (...texts) => (push(texts), logger),
  };
  return logger;
}

function* items(item) {
  for (const child of item.items ?? []) {
    yield child;
    yield* items(child);
  }
}

async function check(spec) {
  const warnings = [];
  const logger = collector(warnings);
  const isValid = validate(spec);
  const errors = isValid ? [] : validate.errors.slice(0, 5).map((error) => `${error.instancePath} ${error.message}`);
  const compiled = compile(spec, { logger }).spec;
  const view = new vega.View(vega.parse(compiled, {}, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "none",
    logger,
    loader: { load: () => Promise.reject(new Error("loads")), sanitize: () => Promise.reject(new Error("links")) },
  });
  view.logger(logger);
  await view.runAsync();
  const texts = [], tooltips = [];
  const marks = {};
  for (const item of items(view.scenegraph().root)) {
    if (item.mark) {
      marks[item.mark.marktype] = (marks[item.mark.marktype] ?? 0) + 1;
    }
    if (typeof item.text === "string") {
      texts.push(item.text);
    }
    if (item.tooltip) {
      tooltips.push(item.tooltip);
    }
    if (item.href || item.url) {
      warnings.push("a link");
    }
  }
  const svg = await view.toSVG();
  view.finalize();
  return { errors, warnings, texts, tooltips, marks, svg: svg.length, mark: globalThis.hurt ?? null };
}

const answers = [];
for (const line of readFileSync(0, "utf8").split("\n")) {
  if (line) {
    answers.push(await check(JSON.parse(line)).catch((error) => ({ errors: [String(error.stack ?? error)], warnings: [], texts: [], tooltips: [], marks: {}, svg: 0, mark: null })));
  }
}
process.stdout.write(answers.map((answer) => JSON.stringify(answer)).join("\n") + "\n");
