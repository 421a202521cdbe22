import type { Chapter } from './chapter';
import { namesOf, termKey, type GlossaryEntry } from './glossary';

/** Long enough to explain the term, short enough not to repeat a section. */
const DEFINITION = { min: 40, max: 400 };

/** Every mistake in the glossary as one line; empty when it may be published. */
export function findGlossaryProblems(
  entries: readonly GlossaryEntry[],
  chapters: readonly Chapter[],
): string[] {
  const sections = new Set(chapters.flatMap((chapter) => chapter.sections.map(({ id }) => id)));
  return [
    ...entries.flatMap((entry) =>
      findEntryProblems(entry, sections).map((problem) => `"${entry.term}" ${problem}`),
    ),
    ...findSharedNames(entries),
  ];
}

function findEntryProblems(entry: GlossaryEntry, sections: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const { length } = entry.definition;
  if (length < DEFINITION.min || length > DEFINITION.max)
    problems.push(
      `has a definition of ${length} characters, not ${DEFINITION.min} to ${DEFINITION.max} characters`,
    );
  if (!sections.has(entry.section))
    problems.push(`points to section "${entry.section}", which does not exist`);
  const written = new Set<string>();
  for (const name of namesOf(entry)) {
    if (termKey(name) === '') problems.push(`has the name "${name}" without a letter or digit`);
    if (written.has(name.toLowerCase())) problems.push(`has the name "${name}" twice`);
    written.add(name.toLowerCase());
  }
  return problems;
}

/** Compares names as a search does: a plural or a hyphen does not make a different name. */
function findSharedNames(entries: readonly GlossaryEntry[]): string[] {
  const owner = new Map<string, GlossaryEntry>();
  return entries.flatMap((entry) =>
    namesOf(entry).flatMap((name) => {
      const first = owner.get(termKey(name));
      owner.set(termKey(name), first ?? entry);
      if (first === undefined || first === entry) return [];
      return [`"${entry.term}" has the name "${name}", which belongs to "${first.term}"`];
    }),
  );
}
