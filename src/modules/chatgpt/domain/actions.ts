import type { Action } from './action';
import { MONEY_ACTIONS } from './money-actions';

const CHAPTER_ID = 'Id of a chapter, such as chapter-4; listChapters returns them all.';
const SECTION_ID =
  'Id of a section, from sections[].id of getChapter or parameters.section_id of getNextStep.';

/** The allow-list, by operation id, in the order of the document. At most thirty. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  getNextStep: {
    summary: 'The next step of this student',
    description:
      'Returns one step (start_chapter, resume_section, take_quiz, upgrade or get_certificate), a sentence about it, and ' +
      'the operation_id with its parameters.',
    consequential: false,
  },
  getCourse: {
    summary: 'The course at a glance',
    description:
      'Returns title, levels and totals of the course, and all chapters with this student’s access and progress, without ' +
      'course text.',
    consequential: false,
  },
  listChapters: {
    summary: 'All chapters in order',
    description:
      'Returns each chapter with id, title, objectives, minutes, tier (free or premium), user_has_access and progress, without ' +
      'course text.',
    consequential: false,
  },
  getChapter: {
    summary: 'One chapter with its whole text',
    description:
      'Returns the text of all sections as Markdown, their ids, and the previous and next chapter. Long; getSection ' +
      'returns one section. A locked chapter is 403 premium_required with a preview.',
    consequential: false,
    parameters: { chapterId: CHAPTER_ID },
  },
  getSection: {
    summary: 'One section of a chapter',
    description:
      'Returns the text of the section as Markdown, whether it is completed, and the previous and next section. A section ' +
      'of a locked chapter is 403 premium_required. Reading it changes nothing; openSection is for studying.',
    consequential: false,
    parameters: { chapterId: CHAPTER_ID, sectionId: SECTION_ID },
  },
  openSection: {
    summary: 'Open a section to study it now',
    description:
      'Returns what getSection returns and the progress of the chapter, and records the position, so that ' +
      'getNextStep continues at this section. A section of a locked chapter is 403 premium_required.',
    consequential: false,
    parameters: { sectionId: SECTION_ID },
  },
  completeSection: {
    summary: 'Mark a section as completed',
    description:
      'Records that the student has finished the section, counts the day for the streak, and returns the progress in the ' +
      'chapter. Repeating it keeps the first time.',
    consequential: false,
    parameters: { sectionId: SECTION_ID },
  },
  searchChapters: {
    summary: 'Search the course',
    description:
      'Returns sections this student may read that match, best first, with a snippet, and matching glossary terms. Locked ' +
      'chapters are only counted in locked_matches. Supports "quoted phrases" and -exclusions.',
    consequential: false,
    parameters: {
      q: 'What to search for, up to 200 characters.',
      limit: 'Number of hits, 1 to 20; 5 if left out.',
    },
  },
  getGlossaryTerm: {
    summary: 'Look up a term of the course',
    description:
      'Returns the definition and the section that explains it. Accepts abbreviations. Without term it returns the list ' +
      'of all terms. An unknown term is 404 with suggestions.',
    consequential: false,
    parameters: { term: 'The term or its abbreviation, such as RAG.' },
  },
  getQuiz: {
    summary: 'The quiz of a chapter',
    description:
      'Returns the questions with their options, without answers, and the state of the attempts. Options and their ids ' +
      'are shuffled for every attempt.',
    consequential: false,
    parameters: { chapterId: CHAPTER_ID },
  },
  submitQuiz: {
    summary: 'Submit one attempt at a quiz',
    description:
      'Grades the answers of one attempt by fixed rules and returns score, pass or fail, and an explanation per question. ' +
      'Unanswered questions count as wrong. 409 quiz_cooldown has the seconds to wait and uses no attempt.',
    consequential: false,
    parameters: { chapterId: CHAPTER_ID },
    withoutBody: ['answers'],
    requiredBody: ['answer_list'],
  },
  listQuizAttempts: {
    summary: 'Earlier attempts at a quiz',
    description:
      'Returns the attempts of this student at the quiz of one chapter, newest first, with the credit per question.',
    consequential: false,
    parameters: { chapterId: CHAPTER_ID },
  },
  getProgress: {
    summary: 'The progress of this student',
    description:
      'Returns percent, chapters, quizzes, time spent, streak, achievements and where to continue. Reading it ' +
      'changes nothing.',
    consequential: false,
  },
  setTimeZone: {
    summary: 'Set the time zone of the streak',
    description:
      'Sets the IANA time zone in which the days of the streak begin and end. Until it is set, days are in UTC.',
    consequential: false,
  },
  getCertificate: {
    summary: 'The certificate of this student',
    description:
      'Returns the links to the certificate page and its PDF when all sections are completed and all quizzes are passed; ' +
      'otherwise 409 certificate_not_earned with what is missing.',
    consequential: false,
  },
  getCurrentUser: {
    summary: 'Get the signed-in user',
    description: 'Returns name, email address and tier of the signed-in student.',
    consequential: false,
  },
  ...MONEY_ACTIONS,
};
