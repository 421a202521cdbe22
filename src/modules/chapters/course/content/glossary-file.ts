import type { GlossaryEntry } from 'src/modules/chapters/course/domain/glossary';
import { glossarySchema } from './glossary.schema';
import { readYaml, type ContentFile } from './read-yaml';

export type GlossaryFile = ContentFile;

export interface ReadGlossaryFile {
  readonly file: string;
  /** Undefined when the file is invalid. */
  readonly entries: readonly GlossaryEntry[] | undefined;
  readonly problems: readonly string[];
}

/** Reads the glossary. Never throws: returns every mistake as one line in `problems`. */
export function readGlossaryFile(source: GlossaryFile): ReadGlossaryFile {
  const { content: entries, problems } = readYaml(source, glossarySchema);
  return { file: source.file, entries, problems };
}
