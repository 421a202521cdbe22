import { AppError } from 'src/common/errors/app-error';

/** No chapter has this id. The ids of premium chapters are public, so an unknown id is a 404 for everyone. */
export class ChapterNotFoundError extends AppError {
  readonly code = 'chapter_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown chapter';

  constructor() {
    super('There is no chapter with this id. listChapters returns all chapters.');
  }
}

/** No section of the course, or of the requested chapter, has this id. */
export class SectionNotFoundError extends AppError {
  readonly code = 'section_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown section';

  constructor() {
    super('There is no section with this id. getChapter returns the sections of a chapter.');
  }
}

/** The chapter exists and has no quiz. */
export class QuizNotFoundError extends AppError {
  readonly code = 'quiz_not_found';
  readonly kind = 'not_found';
  readonly title = 'This chapter has no quiz';

  constructor() {
    super('This chapter has no quiz. Continue with getNextStep.');
  }
}
