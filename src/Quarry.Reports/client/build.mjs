// Bundles the page's scripts and styles: node build.mjs OUT-FOLDER. Two scripts, because Vega is large and a report
// without charts goes without it.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2] ?? join(root, "dist");

async function bundle(entry, license) {
  const result = await build({
    root,
    configFile: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: "es2022",
      sourcemap: false,
      modulePreload: false,
      license,
      lib: { entry: join(root, "src", entry), formats: ["iife"], name: "quarry" + entry.replace(/\W/g, "_") },
    },
  });
  return Object.fromEntries(
    [result].flat().flatMap((part) => part.output).map((file) => [file.fileName.split(".").pop(), file.type === "chunk" ? file.code : String(file.source)]),
  );
}

// Into a script element goes nothing that could end it. (Bundlers see to it; a surprise must stop the build, not the page.)
function checked(text) {
  if (/<\/(script|style)|<!--/i.test(text)) {
    throw new Error("The bundle holds a text that would end its element.");
  }
  return text;
}

async function lay(name, text) {
  await writeFile(join(out, name + ".part"), text);
  await rename(join(out, name + ".part"), join(out, name));
}

await mkdir(out, { recursive: true });
const page = await bundle("report.ts", false);
const charts = await bundle("charts.ts", { fileName: "licences.md" });
const styles = await readFile(join(root, "src", "report.css"), "utf8");
await lay("report.js", checked(page.js));
await lay("report.css", checked(styles));
await lay("charts.js", checked("/*! Licences of what is bundled here:\n" + charts.md.replaceAll("*/", "* /") + "*/\n" + charts.js));
