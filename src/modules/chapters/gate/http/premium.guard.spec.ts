import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Principal } from 'src/common/domain/principal';
import { AppError, ServiceUnavailableError, UnauthenticatedError } from 'src/common/errors/app-error';
import type { HttpConfig } from 'src/config/app-config';
import { fakeCourse, SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { anAccess, FakeEntitlements, fakePlans } from 'src/modules/chapters/testing/payments.fake';
import type { Access } from 'src/modules/payments';
import { GatedRoute, PremiumGuard, type GatedKind } from './premium.guard';

const HTTP = { publicUrl: 'https://course.example' } as HttpConfig;
const student: Principal = { userId: 'user-1', role: 'student', sessionId: 'session-1' };

interface Visit {
  readonly kind?: GatedKind;
  readonly params: Readonly<Record<string, string>>;
  readonly answer?: Access | Error;
  readonly user?: Principal | undefined;
}

async function visit({ kind, params, answer = anAccess(), ...options }: Visit) {
  const handler = () => undefined;
  if (kind !== undefined) GatedRoute(kind)({}, 'handler', { value: handler });
  const request: Record<string, unknown> = { params, user: 'user' in options ? options.user : student };
  const context = {
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  const entitlements = new FakeEntitlements(answer);
  const guard = new PremiumGuard(new Reflector(), fakeCourse, entitlements.asService(), fakePlans, HTTP);
  const outcome: unknown = await guard.canActivate(context).catch((error: unknown) => error);
  return { outcome, gated: request.gated, asked: entitlements.asked };
}

const FREE_CHAPTER = { kind: 'chapter', params: { chapterId: 'chapter-1' } } as const;
const PREMIUM_ROUTES = [
  { kind: 'chapter', params: { chapterId: 'chapter-3' } },
  { kind: 'section', params: { chapterId: 'chapter-3', sectionId: 'chapter-3-part-2' } },
  { kind: 'section', params: { sectionId: 'chapter-3-part-2' } },
  { kind: 'quiz', params: { chapterId: 'chapter-3' } },
] as const;

describe('PremiumGuard', () => {
  it('allows free content without asking for access', async () => {
    const { outcome, asked, gated } = await visit(FREE_CHAPTER);

    expect(outcome).toBe(true);
    expect(asked).toEqual([]);
    expect(gated).toEqual({ chapter: SAMPLE_COURSE.findChapter('chapter-1') });
  });

  it.each(PREMIUM_ROUTES)('allows a premium student at the $kind route and asks once', async (door) => {
    const { outcome, asked, gated } = await visit({ ...door, answer: anAccess({ granted: true }) });

    expect(outcome).toBe(true);
    expect(asked).toEqual(['user-1']);
    expect(gated).toHaveProperty('chapter.id', 'chapter-3');
  });

  it.each(PREMIUM_ROUTES)('refuses a free student at the $kind route and passes no content', async (door) => {
    const { outcome, gated } = await visit(door);

    expect(outcome).toMatchObject({
      code: 'premium_required',
      kind: 'forbidden',
      extensions: { resource: { type: door.kind }, upgrade: { operation_id: 'createCheckoutSession' } },
    });
    expect(gated).toBeUndefined();
    expect(JSON.stringify([(outcome as AppError).detail, (outcome as AppError).extensions])).not.toMatch(
      /secret/i,
    );
  });

  it('says when access ended to a student whose access ended', async () => {
    const answer = anAccess({ state: 'expired', until: new Date('2026-11-01T00:00:00Z') });

    const { outcome } = await visit({ ...PREMIUM_ROUTES[0], answer });

    expect((outcome as AppError).extensions.access_until).toBe('2026-11-01T00:00:00.000Z');
  });

  it.each([new ServiceUnavailableError('away'), new Error('a bug')])(
    'rethrows the error of the access rule: %p',
    async (answer) => {
      const { outcome, gated } = await visit({ ...PREMIUM_ROUTES[0], answer });

      expect(outcome).toBe(answer);
      expect(gated).toBeUndefined();
    },
  );

  it.each([
    [{ kind: 'chapter', params: { chapterId: 'chapter-9' } }, 'chapter_not_found'],
    [{ kind: 'chapter', params: {} }, 'chapter_not_found'],
    [
      { kind: 'section', params: { chapterId: 'chapter-9', sectionId: 'chapter-1-part-1' } },
      'chapter_not_found',
    ],
    [{ kind: 'section', params: { chapterId: 'chapter-1', sectionId: 'nothing' } }, 'section_not_found'],
    [
      { kind: 'section', params: { chapterId: 'chapter-1', sectionId: 'chapter-3-part-1' } },
      'section_not_found',
    ],
    [{ kind: 'section', params: { sectionId: 'nothing' } }, 'section_not_found'],
    [{ kind: 'quiz', params: { chapterId: 'chapter-9' } }, 'chapter_not_found'],
    [{ kind: 'quiz', params: {} }, 'chapter_not_found'],
    [{ kind: 'quiz', params: { chapterId: 'chapter-2' } }, 'quiz_not_found'],
  ] as const)('answers %j with %s for every caller', async (door, code) => {
    const { outcome, asked } = await visit(door);

    expect(outcome).toHaveProperty('code', code);
    expect(asked).toEqual([]);
  });

  it('refuses a caller without a token on a route that was made public by mistake', async () => {
    const { outcome } = await visit({ ...PREMIUM_ROUTES[0], user: undefined });

    expect(outcome).toBeInstanceOf(UnauthenticatedError);
  });

  it('fails on a route without a kind of resource', async () => {
    const { outcome } = await visit({ params: { chapterId: 'chapter-1' } });

    expect(outcome).toBeInstanceOf(Error);
    expect(outcome).not.toBeInstanceOf(AppError);
  });
});
