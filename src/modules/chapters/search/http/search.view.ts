import type { Chapter, Section } from 'src/modules/chapters/course/domain/chapter';
import type { GlossaryTerm, SearchAnswer } from 'src/modules/chapters/search/search.service';
import type { GlossaryResponse, SearchAnswerResponse } from './search.schema';

const SCORE_DIGITS = 4;

export function toSearchAnswerResponse(answer: SearchAnswer): SearchAnswerResponse {
  return {
    query: answer.query,
    hits: answer.hits.map(({ chapter, section, snippet, score }) => ({
      chapter: toNamed(chapter),
      section: toNamed(section),
      tags: [...chapter.tags],
      snippet,
      score: Number(score.toFixed(SCORE_DIGITS)),
    })),
    locked_matches: answer.lockedMatches,
    locked_chapters: answer.lockedChapters.map(toNamed),
    ...(answer.suggestion !== undefined && { suggestion: answer.suggestion }),
    ...(answer.searchedFor !== undefined && { searched_for: answer.searchedFor }),
    glossary: answer.glossary.map(({ term, definition }) => ({ term, definition })),
  };
}

export function toGlossaryTermResponse({ entry, place }: GlossaryTerm): GlossaryResponse {
  return {
    term: entry.term,
    aliases: [...entry.aliases],
    definition: entry.definition,
    section: toNamed(place.section),
    chapter: toNamed(place.chapter),
  };
}

export function toGlossaryListResponse(terms: readonly GlossaryTerm[]): GlossaryResponse {
  return {
    terms: terms.map(({ entry, place }) => ({
      term: entry.term,
      section: toNamed(place.section),
      chapter: toNamed(place.chapter),
    })),
  };
}

function toNamed({ id, title }: Chapter | Section): { id: string; title: string } {
  return { id, title };
}
