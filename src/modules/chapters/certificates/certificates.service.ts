import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { HttpConfig } from 'src/config/app-config';
import { courseVersion } from 'src/modules/chapters/course/course-version';
import { CourseService } from 'src/modules/chapters/course/course.service';
import { LearningService } from 'src/modules/chapters/learning/learning.service';
import { CertificateSigner, type ReadCertificate } from './certificate-signer';
import {
  findMissingForCertificate,
  parseCertificateCode,
  toCertificateCode,
  toCertificateName,
  type MissingForCertificate,
} from './domain/certificate';
import {
  CertificateNotEarnedError,
  CertificateNotFoundError,
  CertificateRevokedError,
} from './certificates.errors';
import { CertificatesRepository, type StoredCertificate } from './persistence/certificates.repository';

export interface Certificate extends ReadCertificate {
  readonly jws: string;
  readonly keyId: string;
}

/** The public result of verifying a code. */
export type Verification =
  | { readonly verdict: 'valid'; readonly certificate: Certificate }
  | { readonly verdict: 'revoked'; readonly certificate: Certificate; readonly revokedAt: Date }
  | { readonly verdict: 'unknown' };

export interface RevokedCertificate {
  readonly code: string;
  readonly userId: string;
  readonly revokedAt: Date;
  /** False when it was already revoked. */
  readonly changed: boolean;
}

/** Issues one certificate per student and verifies certificates. */
@Injectable()
export class CertificatesService {
  private readonly logger = new Logger(CertificatesService.name);

  constructor(
    private readonly certificates: CertificatesRepository,
    private readonly signer: CertificateSigner,
    private readonly learning: LearningService,
    private readonly content: CourseService,
    private readonly http: HttpConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * The student's certificate. The first call after completing the course issues it. Later changes of the name, the course or
   * the access do not change it. Throws CertificateNotEarnedError with what is missing, or CertificateRevokedError.
   */
  async getCertificate(userId: string): Promise<Certificate> {
    const stored = (await this.certificates.findOfUser(userId)) ?? (await this.issue(userId));
    if (stored.revokedAt !== undefined) throw new CertificateRevokedError();
    const certificate = this.open(stored);
    if (certificate === undefined) throw new Error(`the stored certificate ${stored.code} was altered`);
    return certificate;
  }

  async verify(code: string): Promise<Verification> {
    const stored = await this.certificates.findByCode(code);
    const certificate = stored && this.open(stored);
    if (stored === undefined || certificate === undefined) return { verdict: 'unknown' };
    return stored.revokedAt === undefined
      ? { verdict: 'valid', certificate }
      : { verdict: 'revoked', certificate, revokedAt: stored.revokedAt };
  }

  /**
   * Accepts the code as a person types it. Idempotent: keeps the first time and reason. Effective immediately. Throws
   * CertificateNotFoundError.
   */
  async revoke(typedCode: string, reason: string): Promise<RevokedCertificate> {
    const code = parseCertificateCode(typedCode);
    if (code === undefined) throw new CertificateNotFoundError();
    const changed = await this.certificates.revoke(code, { at: this.clock.now(), reason });
    const stored = await this.certificates.findByCode(code);
    if (stored?.revokedAt === undefined) throw new CertificateNotFoundError();
    return { code, userId: stored.userId, revokedAt: stored.revokedAt, changed };
  }

  private async issue(userId: string): Promise<StoredCertificate> {
    const { chapters } = await this.learning.loadLearned(userId);
    const missing = findMissingForCertificate(chapters);
    if (missing !== undefined) throw notEarned(missing);
    const code = toCertificateCode(randomBytes(20));
    const issuedAt = this.clock.now();
    const signed = this.signer.sign({
      code,
      name: toCertificateName(await this.certificates.getProfileName(userId)),
      course: this.content.course.title,
      chapters: chapters.length,
      courseVersion: courseVersion(this.content.course),
      issuedAt,
      issuer: this.http.publicUrl,
    });
    await this.certificates.saveFirst({ code, userId, issuedAt, ...signed });
    const stored = await this.certificates.findOfUser(userId);
    if (stored === undefined) throw new Error('the certificate was not found after it was issued');
    return stored;
  }

  /** Undefined when the stored text does not match its signature. Logged, because it means an attack or a damaged database. */
  private open({ code, jws, keyId }: StoredCertificate): Certificate | undefined {
    const read = this.signer.read(jws);
    if (read?.claims.code === code) return { ...read, jws, keyId };
    this.logger.error({ certificate: code }, 'a stored certificate does not match its signature');
    return undefined;
  }
}

function notEarned({ sections, quizzes }: MissingForCertificate): CertificateNotEarnedError {
  return new CertificateNotEarnedError(
    'Complete all sections and pass all quizzes first. getNextStep returns the next step.',
    {
      extensions: {
        missing: {
          chapters: sections.map(({ chapter, progress }) => ({
            id: chapter.id,
            title: chapter.title,
            sections_left: progress.totalSections - progress.completedSections,
          })),
          quizzes: quizzes.map(({ chapter, quiz }) => ({
            chapter_id: chapter.id,
            title: chapter.title,
            ...(quiz.bestPercent === undefined ? {} : { best_percent: quiz.bestPercent }),
          })),
        },
        next_action: 'getNextStep',
      },
    },
  );
}
