export { CommandAudit, CommandAuditModule } from './command-audit';
export { OperatorsModule } from './operators.module';
