import { Injectable } from '@nestjs/common';
import { DriftService, type DriftFinding } from 'src/modules/payments';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

const MOST = 200;
/** How long an operator waits for the syncs. What is not done by then goes on. */
const WAIT_MS = 5000;

/** What differs between Stripe and the database, and its repair by a sync of each customer. */
@Injectable()
export class DriftRepairService {
  constructor(
    private readonly drift: DriftService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** The oldest 200. */
  list(): Promise<DriftFinding[]> {
    return this.drift.listOpen(MOST);
  }

  count(): Promise<number> {
    return this.drift.countOpen();
  }

  /** Returns how many customers are synced. A repair without findings writes no audit entry. */
  async repair(act: Act): Promise<number> {
    const findings = await this.list();
    if (findings.length === 0) return 0;
    const details = { findings: findings.map(({ id }) => id) };
    await this.audit.append({ act, action: 'repair_drift', target: { kind: 'drift', id: 'open' }, details });
    return this.drift.repair(findings, WAIT_MS);
  }
}
