import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import type { QuizInCourse } from 'src/modules/chapters/course/domain/course';
import { QuizAttemptConflictError, QuizCooldownError } from 'src/modules/chapters/quizzes/quiz.errors';
import { QuizzesService } from 'src/modules/chapters/quizzes/quizzes.service';
import { Gated, GatedRoute } from 'src/modules/chapters/gate/http/premium.guard';
import {
  gradedQuizSchema,
  quizAttemptsSchema,
  quizSchema,
  submitQuizSchema,
  type GradedQuizResponse,
  type QuizAttemptsResponse,
  type QuizResponse,
  type SubmitQuizBody,
} from './quizzes.schema';
import { toGradedQuizResponse, toQuizAttemptsResponse, toQuizResponse } from './quizzes.view';

@ApiTags('Quizzes')
@RequireScope('chapters:read')
@Controller('api/v1/quizzes')
export class QuizzesController {
  constructor(private readonly quizzes: QuizzesService) {}

  @Get(':chapterId')
  @GatedRoute('quiz')
  @ApiOperation({
    operationId: 'getQuiz',
    summary: 'The quiz of one chapter, without answers',
    description:
      'Ask the questions one by one, then submit all answers with submitQuiz. Read the quiz again before every attempt: ' +
      'options and their ids change.',
  })
  @ApiParam({ name: 'chapterId', type: String, description: 'For example chapter-4' })
  @ApiOkResponse({ description: 'Questions and the state of the attempts', standardSchema: quizSchema })
  async getQuiz(@CurrentUser() { userId }: Principal, @Gated() place: QuizInCourse): Promise<QuizResponse> {
    return toQuizResponse(await this.quizzes.readQuiz(userId, place));
  }

  @Get(':chapterId/attempts')
  @GatedRoute('quiz')
  @ApiOperation({
    operationId: 'listQuizAttempts',
    summary: 'Earlier attempts at the quiz of one chapter',
    description: 'Newest first, with the credit per question.',
  })
  @ApiParam({ name: 'chapterId', type: String, description: 'For example chapter-4' })
  @ApiOkResponse({ description: 'The attempts', standardSchema: quizAttemptsSchema })
  async listQuizAttempts(
    @CurrentUser() { userId }: Principal,
    @Gated() place: QuizInCourse,
  ): Promise<QuizAttemptsResponse> {
    return toQuizAttemptsResponse(await this.quizzes.listAttempts(userId, place));
  }

  @Post(':chapterId/submit')
  @HttpCode(200)
  @GatedRoute('quiz')
  @ApiOperation({
    operationId: 'submitQuiz',
    summary: 'Submit all answers of one attempt',
    description:
      'Grades by fixed rules. Explains right answers and names the section to reread for the others. Do not reveal the right ' +
      'answers before the result shows them. Send the answers of the student, never your own. Missing answers are wrong. 409 ' +
      'quiz_cooldown: wait as long as it says.',
  })
  @ApiParam({ name: 'chapterId', type: String, description: 'For example chapter-4' })
  @ApiOkResponse({ description: 'The graded attempt', standardSchema: gradedQuizSchema })
  @ApiProblems(
    new QuizCooldownError({ until: new Date(60_000), now: new Date(0) }),
    new QuizAttemptConflictError(2),
  )
  async submitQuiz(
    @CurrentUser() { userId }: Principal,
    @Gated() place: QuizInCourse,
    @Body({ schema: submitQuizSchema }) { answers }: SubmitQuizBody,
  ): Promise<GradedQuizResponse> {
    return toGradedQuizResponse(await this.quizzes.submitQuiz(userId, place, answers));
  }
}
