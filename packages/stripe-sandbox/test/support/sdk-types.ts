import { join } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  types: ['node'],
};

/** The types behind expressions such as `Stripe.Customer`, read by the compiler from the installed SDK. */
export function declaredTypes(expressions: readonly string[]): {
  checker: ts.TypeChecker;
  types: Map<string, ts.Type>;
} {
  const file = join(__dirname, 'virtual-types.ts');
  const lines = expressions.map((type, i) => `export type T${i} = ${type};`);
  const text = `import type Stripe from 'stripe';\n${lines.join('\n')}\n`;
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.readFile = (path) => (path === file ? text : readFile(path));
  host.getSourceFile = (path, version) =>
    path === file ? ts.createSourceFile(path, text, version) : getSourceFile(path, version);
  const program = ts.createProgram([file], OPTIONS, host);
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile);
  const exported = checker.getExportsOfModule(symbol as ts.Symbol);
  const types = new Map(
    expressions.map((type, i) => [type, checker.getDeclaredTypeOfSymbol(exported[i] as ts.Symbol)]),
  );
  return { checker, types };
}
