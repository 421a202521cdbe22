import { Injectable, Module } from '@nestjs/common';
import { AuditLogRepository, type AuditAction } from './persistence/audit-log.repository';

/** Stands for the person at the command line, who has no account here. */
const COMMAND_LINE = '00000000-0000-0000-0000-000000000000';

/** The audit log for commands. */
@Injectable()
export class CommandAudit {
  constructor(private readonly audit: AuditLogRepository) {}

  /** Joins the transaction of the act. */
  record(action: AuditAction, userId: string, command: string): Promise<void> {
    const act = { operatorId: COMMAND_LINE, requestId: command, reason: `command ${command}` };
    return this.audit.append({ act, action, target: { kind: 'user', id: userId }, userId });
  }
}

/** The part of operators that needs nothing but the database, for commands. */
@Module({ providers: [AuditLogRepository, CommandAudit], exports: [CommandAudit] })
export class CommandAuditModule {}
