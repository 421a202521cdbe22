import { AppError } from 'src/common/errors/app-error';

/** No chapter has this id. Ids of premium chapters are not secret: an unknown one is a 404 for everybody. */
export class ChapterNotFoundError extends AppError {
  readonly code = 'chapter_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown chapter';

  constructor() {
    super('There is no such chapter. listChapters names all of them.');
  }
}

/** No section of the course, or of the chapter asked for, has this id. */
export class SectionNotFoundError extends AppError {
  readonly code = 'section_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown section';

  constructor() {
    super('There is no such section. getChapter names the sections of a chapter.');
  }
}

/** The chapter exists and has no quiz. */
export class QuizNotFoundError extends AppError {
  readonly code = 'quiz_not_found';
  readonly kind = 'not_found';
  readonly title = 'This chapter has no quiz';

  constructor() {
    super('There is no quiz for this chapter.');
  }
}
