import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { CertificatesService, type RevokedCertificate } from 'src/modules/chapters';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

/** Revokes certificates. Revocation and audit entry are one transaction. */
@Injectable()
export class CertificateRevocationService {
  constructor(
    private readonly database: Database,
    private readonly certificates: CertificatesService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Idempotent: revoking again changes nothing and writes no second entry. Throws `certificate_not_found`. */
  async revoke(code: string, act: Act): Promise<RevokedCertificate> {
    return this.database.transaction(async () => {
      const revoked = await this.certificates.revoke(code, act.reason);
      const target = { kind: 'certificate' as const, id: revoked.code };
      if (revoked.changed)
        await this.audit.append({ act, action: 'revoke_certificate', target, userId: revoked.userId });
      return revoked;
    });
  }
}
