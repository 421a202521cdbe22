import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Principal } from 'src/common/domain/principal';
import { UnauthenticatedError } from 'src/common/errors/app-error';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { HttpConfig } from 'src/config/app-config';
import {
  factsOf,
  ReadsWithSession,
  type SessionRead,
} from 'src/common/http/decorators/reads-with-session.decorator';
import {
  ChapterNotFoundError,
  QuizNotFoundError,
  SectionNotFoundError,
} from 'src/modules/chapters/course/course.errors';
import { CourseService } from 'src/modules/chapters/course/course.service';
import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import type { QuizInCourse, SectionInCourse } from 'src/modules/chapters/course/domain/course';
import { PremiumRequiredError } from 'src/modules/chapters/gate/premium-required.error';
import { ACCESS_FACTS, EntitlementsService, PlansService } from 'src/modules/payments';
import { gateProblems } from './gate-problems';
import { buildLockedBody, describeLocked, type LockedResource } from './locked-body';

export const PREMIUM_RESOURCE = 'chapters:premium-resource';
export type GatedKind = 'chapter' | 'section' | 'quiz';
type GatedContent = { readonly chapter: Chapter } | SectionInCourse | QuizInCourse;

interface GatedRequest extends FastifyRequest {
  user?: Principal;
  gated?: GatedContent;
}

/**
 * Protects every route that returns course content. It allows free content and asks the access rule once for premium content.
 * It does not catch what the rule throws (503): an outage is never answered as "free" or "locked".
 */
@Injectable()
export class PremiumGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly content: CourseService,
    private readonly entitlements: EntitlementsService,
    private readonly plans: PlansService,
    private readonly http: HttpConfig,
  ) {}

  /** Throws ChapterNotFoundError, SectionNotFoundError, QuizNotFoundError or PremiumRequiredError. */
  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<GatedRequest>();
    const kind = this.reflector.get<GatedKind | undefined>(PREMIUM_RESOURCE, context.getHandler());
    const gated = this.resolve(kind, request.params as Record<string, string | undefined>);
    if (gated.chapter.tier !== 'free') await this.demandPremium(request.user, gated);
    request.gated = gated;
    return true;
  }

  private resolve(
    kind: GatedKind | undefined,
    { chapterId, sectionId }: Record<string, string | undefined>,
  ): GatedContent {
    const { course } = this.content;
    if (kind === 'quiz') return this.resolveQuiz(chapterId ?? '');
    if (kind === 'chapter' || chapterId !== undefined) {
      const chapter = course.findChapter(chapterId ?? '');
      if (chapter === undefined) throw new ChapterNotFoundError();
      if (kind === 'chapter') return { chapter };
    }
    if (kind !== 'section') throw new Error('Use PremiumGuard only through @GatedRoute.');
    const place = course.findSection(sectionId ?? '');
    if (place === undefined || (chapterId !== undefined && place.chapter.id !== chapterId))
      throw new SectionNotFoundError();
    return place;
  }

  private resolveQuiz(chapterId: string): QuizInCourse {
    const { course } = this.content;
    if (course.findChapter(chapterId) === undefined) throw new ChapterNotFoundError();
    const place = course.findQuiz(chapterId);
    if (place === undefined) throw new QuizNotFoundError();
    return place;
  }

  private async demandPremium(user: Principal | undefined, gated: GatedContent): Promise<void> {
    if (user === undefined) throw new UnauthenticatedError('This operation needs an access token.');
    const access = await this.entitlements.decide(user.userId, factsOf(user, ACCESS_FACTS));
    if (access.granted) return;
    const locked = {
      resource: toResource(gated),
      chapter: gated.chapter,
      access,
      plans: await this.plans.listPlans(),
      publicUrl: this.http.publicUrl,
    };
    throw new PremiumRequiredError(describeLocked(locked), { extensions: buildLockedBody(locked) });
  }
}

function toResource(gated: GatedContent): LockedResource {
  if ('section' in gated) return { type: 'section', id: gated.section.id, title: gated.section.title };
  if ('quiz' in gated)
    return { type: 'quiz', id: gated.chapter.id, title: `Quiz of chapter ${gated.chapter.position}` };
  return { type: 'chapter', id: gated.chapter.id, title: gated.chapter.title };
}

/** Protects a route with PremiumGuard, and reads `further` facts with the session. The route has the parameter `chapterId` (also for the quiz), `sectionId`, or both. */
export const GatedRoute = (kind: GatedKind, ...further: readonly SessionRead<unknown>[]) =>
  applyDecorators(
    SetMetadata(PREMIUM_RESOURCE, kind),
    ReadsWithSession(ACCESS_FACTS, ...further),
    UseGuards(PremiumGuard),
    ApiProblems(...gateProblems(kind)),
  );

/**
 * The chapter, section or quiz that PremiumGuard allowed. It is the same object that the guard checked, so a handler cannot
 * return other content, even when the course is reloaded in between. Throws on a route without the guard.
 */
export const Gated = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { gated } = context.switchToHttp().getRequest<GatedRequest>();
  if (gated === undefined) throw new Error('@Gated needs @GatedRoute on the same route.');
  return gated;
});
