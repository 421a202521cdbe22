export type TomlValue = string | number | boolean | string[];

/**
 * Reads the small part of TOML that fly.toml uses: tables and one-line values. A line that it does not understand
 * throws, so that nothing is skipped silently. Tables of one name are merged; the top level is the table ''.
 */
export function parseToml(text: string): Record<string, Record<string, TomlValue>> {
  const tables: Record<string, Record<string, TomlValue>> = { '': {} };
  let table = '';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, header] = /^\[{1,2}([\w.]+)\]{1,2}$/.exec(line) ?? [];
    if (header !== undefined) {
      table = header;
      tables[table] ??= {};
      continue;
    }
    const [, key, value] = /^(\w+) = (.+)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw new Error(`not understood: ${line}`);
    // Strings, numbers, booleans and lists of strings look the same in JSON.
    tables[table] = { ...tables[table], [key]: JSON.parse(value) as TomlValue };
  }
  return tables;
}
