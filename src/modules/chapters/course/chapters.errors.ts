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

/** The resource is premium and the caller's access does not cover it; the extensions show the way on. */
export class PremiumRequiredError extends AppError {
  readonly code = 'premium_required';
  readonly kind = 'forbidden';
  readonly title = 'This is part of the premium course';
}
