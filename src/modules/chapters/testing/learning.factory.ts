import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import type { LearningFacts } from 'src/modules/chapters/learning/domain/facts';

export const NO_LEARNING: LearningFacts = {
  sections: [],
  visits: [],
  attempts: [],
  timeZones: [],
  studyDays: [],
};

const START = Date.parse('2026-11-02T09:00:00Z');
const DAY_MS = 86_400_000;

/** The morning of the given day. Day 0 is a Monday. */
export const onDay = (day: number): Date => new Date(START + day * DAY_MS);

/** Builds the learning facts of a student step by step. */
export class Story {
  private facts: LearningFacts = NO_LEARNING;

  /** Completes the first `count` sections of a chapter, all of them by default. */
  reads({ id, sections }: Chapter, { day, count = sections.length }: { day: number; count?: number }): this {
    const read = sections
      .slice(0, count)
      .map((section) => ({ chapterId: id, sectionId: section.id, completedAt: onDay(day), seconds: 60 }));
    const known = new Set(this.facts.sections.map(({ sectionId }) => sectionId));
    const fresh = read.filter(({ sectionId }) => !known.has(sectionId));
    this.facts = { ...this.facts, sections: [...this.facts.sections, ...fresh] };
    return this;
  }

  /** Opens section `number` of a chapter (1 for the first) without completing it. */
  opens({ id, sections }: Chapter, { day, number = 1 }: { day: number; number?: number }): this {
    const sectionId = sections[number - 1]?.id ?? '';
    const before = this.facts.visits.find((visit) => visit.sectionId === sectionId);
    const others = this.facts.visits.filter((visit) => visit !== before);
    const firstOpenedAt = before?.firstOpenedAt ?? onDay(day);
    const visit = { chapterId: id, sectionId, firstOpenedAt, lastOpenedAt: onDay(day) };
    this.facts = { ...this.facts, visits: [...others, visit] };
    return this;
  }

  /** Submits a quiz. 70 percent or more passes. */
  scores({ id }: Chapter, { day, percent }: { day: number; percent: number }): this {
    const attempt = {
      chapterId: id,
      scorePercent: percent,
      isPassed: percent >= 70,
      submittedAt: onDay(day),
    };
    this.facts = { ...this.facts, attempts: [...this.facts.attempts, attempt] };
    return this;
  }

  finishes(chapter: Chapter, { day }: { day: number }): this {
    return this.reads(chapter, { day }).scores(chapter, { day, percent: 80 });
  }

  tell(): LearningFacts {
    return this.facts;
  }
}
