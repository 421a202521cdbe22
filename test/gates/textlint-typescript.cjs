const ts = require('typescript');

/** Text in a string: at least two words. One word alone is a key, a path or a name, and cspell reads those. */
const IS_PROSE = /\p{L}{2,}[,;:.]?\s+\p{L}/u;

/**
 * A textlint plugin that reads the prose of TypeScript: comments, and strings of two words or more (page texts, emails, errors,
 * OpenAPI descriptions, log messages, test titles). Code in backticks is left out.
 */
class TypeScriptProcessor {
  availableExtensions() {
    return ['.ts'];
  }

  processor() {
    return {
      preProcess: (text, filePath) => toDocument(text, findTexts(text, filePath)),
      postProcess: (messages, filePath) => ({ messages, filePath: filePath ?? '<text>' }),
    };
  }
}

function findTexts(text, filePath) {
  const source = ts.createSourceFile(filePath ?? 'text.ts', text, ts.ScriptTarget.Latest, true);
  const ranges = new Map();
  const add = (start, end) => ranges.set(start, end);
  const addCommentsBefore = (position) => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, position) ?? []) add(pos, end);
    for (const { pos, end } of ts.getTrailingCommentRanges(text, position) ?? []) add(pos, end);
  };
  const visit = (node) => {
    addCommentsBefore(node.getFullStart());
    if (isText(node) && IS_PROSE.test(node.text)) add(node.getStart() + 1, node.getEnd() - 1);
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...ranges].toSorted(([a], [b]) => a - b).flatMap(([start, end]) => withoutCode(text, start, end));
}

function isText(node) {
  if (ts.isStringLiteral(node)) return !ts.isImportDeclaration(node.parent);
  return ts.isTemplateLiteralToken(node);
}

function withoutCode(text, start, end) {
  const pieces = [];
  let from = start;
  for (const { 0: code, index } of text.slice(start, end).matchAll(/`[^`\n]*`/g)) {
    pieces.push([from, start + index]);
    from = start + index + code.length;
  }
  return [...pieces, [from, end]].filter(([first, last]) => text.slice(first, last).trim() !== '');
}

function toDocument(text, texts) {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineOf = (position) => lineStarts.findLastIndex((start) => start <= position);
  const place = (position) => ({
    line: lineOf(position) + 1,
    column: position - lineStarts[lineOf(position)],
  });
  const node = (type, [start, end], members) => ({
    type,
    raw: text.slice(start, end),
    range: [start, end],
    loc: { start: place(start), end: place(end) },
    ...members,
  });
  const children = texts.map((range) =>
    node('Paragraph', range, { children: [node('Str', range, { value: text.slice(...range) })] }),
  );
  return node('Document', [0, text.length], { children });
}

module.exports = { Processor: TypeScriptProcessor };
