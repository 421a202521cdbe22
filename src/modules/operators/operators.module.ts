import { Module } from '@nestjs/common';
import { SessionsModule } from 'src/modules/auth';
import { OAuthModule } from 'src/modules/oauth';
import { ChaptersModule } from 'src/modules/chapters';
import { PaymentsModule } from 'src/modules/payments';
import { UsersModule } from 'src/modules/users';
import { WebhooksModule } from 'src/modules/webhooks';
import { AccessExplanationService } from './access-explanation.service';
import { AccessGrantsService } from './access-grants.service';
import { BatchReplayService } from './batch-replay.service';
import { CaseService } from './case.service';
import { CertificateRevocationService } from './certificate-revocation.service';
import { EventReplayService } from './event-replay.service';
import { AuditLogController } from './http/audit-log.controller';
import { OAuthClientsController } from './http/oauth-clients.controller';
import { OperatorCertificatesController } from './http/certificates.controller';
import { RepairController } from './http/repair.controller';
import { WebhookReplayController } from './http/replay.controller';
import { OperatorUsersController } from './http/users.controller';
import { WebhookEventsController } from './http/webhook-events.controller';
import { AuditLogRepository } from './persistence/audit-log.repository';
import { OAuthClientsService } from './oauth-clients.service';
import { CustomerPagesController } from './pages/customer-pages.controller';
import { InboxPagesController } from './pages/inbox-pages.controller';
import { OperatorPageGuard } from './pages/operator-page.guard';
import { SearchPagesController } from './pages/search-pages.controller';
import { TodayController } from './pages/today.controller';
import { SyncPreviewService } from './sync-preview.service';
import { UserSearchService } from './user-search.service';
import { UserSyncService } from './user-sync.service';
import { UserTimelineService } from './user-timeline.service';

/** The operators' HTTP operations: they read from the other modules and call them. */
@Module({
  imports: [ChaptersModule, OAuthModule, PaymentsModule, SessionsModule, UsersModule, WebhooksModule],
  controllers: [
    AuditLogController,
    OAuthClientsController,
    OperatorCertificatesController,
    OperatorUsersController,
    RepairController,
    WebhookEventsController,
    WebhookReplayController,
    TodayController,
    SearchPagesController,
    CustomerPagesController,
    InboxPagesController,
  ],
  providers: [
    AccessExplanationService,
    AccessGrantsService,
    AuditLogRepository,
    BatchReplayService,
    CaseService,
    CertificateRevocationService,
    EventReplayService,
    OAuthClientsService,
    OperatorPageGuard,
    SyncPreviewService,
    UserSearchService,
    UserSyncService,
    UserTimelineService,
  ],
})
export class OperatorsModule {}
