// Answers, a line of JSON for each line of JSON, what Microsoft's KQL parser and binder say about a query.
// In: {"query": "...", "tables": {"T": {"a": "long"}}}   Out: {"syntax": [...], "semantic": [...], "columns": ["a:long"] | null}
'use strict';
global.window = global;
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { KustoCode, GlobalState, Symbols } = global.Kusto.Language;

const list = (items) => Array.from({ length: items.Count }, (_, i) => items.getItem(i));
const brief = (diagnostic) => ({ start: diagnostic.Start, message: diagnostic.Message, code: diagnostic.Code, severity: diagnostic.Severity });

const known = new Map();
function globalsOf(tables) {
  const key = JSON.stringify(tables || {});
  if (!known.has(key)) {
    const symbols = Object.entries(tables || {}).map(([name, columns]) => Symbols.TableSymbol.From(
      `(${Object.entries(columns).map(([column, type]) => `['${column}']:${type}`).join(', ')})`).WithName(name));
    const database = new Symbols.DatabaseSymbol.$ctor1('db', symbols);
    known.set(key, GlobalState.Default.WithDatabase(database));
  }
  return known.get(key);
}

function answer({ query, tables, bind }) {
  if (!bind) {
    return { syntax: list(KustoCode.Parse(query).GetSyntaxDiagnostics()).map(brief) };
  }
  const code = KustoCode.ParseAndAnalyze(query, globalsOf(tables));
  const syntax = list(code.GetSyntaxDiagnostics()).map(brief);
  const all = list(code.GetDiagnostics()).map(brief).filter((d) => d.severity === 'Error');
  const type = code.ResultType;
  const columns = type && type.Columns ? list(type.Columns).map((c) => `${c.Name}:${c.Type.Name}`) : null;
  return { syntax, semantic: all, columns };
}

let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  rest += chunk;
  const lines = rest.split('\n');
  rest = lines.pop();
  for (const line of lines) {
    let result;
    try {
      result = answer(JSON.parse(line));
    } catch (error) {
      result = { error: String(error && error.message || error) };
    }
    process.stdout.write(JSON.stringify(result) + '\n');
  }
});
