import { Module } from '@nestjs/common';
import { AccountsModule } from 'src/modules/accounts';
import { SessionsModule } from 'src/modules/auth';
import { OAuthModule } from 'src/modules/oauth';
import { ChaptersModule } from 'src/modules/chapters';
import { PaymentsModule } from 'src/modules/payments';
import { UsersModule } from 'src/modules/users';
import { InboxHealthModule, WebhooksModule } from 'src/modules/webhooks';
import { AccountActsService } from './account-acts.service';
import { AccessExplanationService } from './access-explanation.service';
import { AccessGrantsService } from './access-grants.service';
import { BatchReplayService } from './batch-replay.service';
import { CaseService } from './case.service';
import { CertificateRevocationService } from './certificate-revocation.service';
import { CustomerListsService } from './customer-lists.service';
import { DoubleSubscriptionService } from './double-subscription.service';
import { DriftRepairService } from './drift-repair.service';
import { EventReplayService } from './event-replay.service';
import { AccountActsController } from './http/account-acts.controller';
import { AuditLogController } from './http/audit-log.controller';
import { DoubleSubscriptionController } from './http/double-subscription.controller';
import { MoneyActsController } from './http/money-acts.controller';
import { OAuthClientsController } from './http/oauth-clients.controller';
import { OperatorCertificatesController } from './http/certificates.controller';
import { OperatorPeopleController } from './http/people.controller';
import { OperatorRefundRequestsController } from './http/refund-requests.controller';
import { RefusedDeliveriesController } from './http/refused-deliveries.controller';
import { RevenueController } from './http/revenue.controller';
import { RepairController } from './http/repair.controller';
import { WebhookReplayController } from './http/replay.controller';
import { OperatorTasksController } from './http/tasks.controller';
import { OperatorUsersController } from './http/users.controller';
import { WebhookEventsController } from './http/webhook-events.controller';
import { MoneyActsService } from './money-acts.service';
import { AuditLogRepository } from './persistence/audit-log.repository';
import { OAuthClientsService } from './oauth-clients.service';
import { CustomerActsController } from './pages/customer-acts.controller';
import { CustomerPagesController } from './pages/customer-pages.controller';
import { DoubleSubscriptionPagesController } from './pages/double-subscription.controller';
import { DriftPagesController } from './pages/drift.controller';
import { InboxPagesController } from './pages/inbox-pages.controller';
import { ListPagesController } from './pages/lists.controller';
import { OperatorPageGuard } from './pages/operator-page.guard';
import { PeoplePagesController } from './pages/people.controller';
import { RefundRequestPagesController } from './pages/refund-requests.controller';
import { RevenuePagesController } from './pages/revenue.controller';
import { SearchPagesController } from './pages/search-pages.controller';
import { TaskPagesController } from './pages/tasks.controller';
import { TodayController } from './pages/today.controller';
import { PeopleService } from './people.service';
import { RefundRequestActsService } from './refund-request-acts.service';
import { SubscriptionActsService } from './subscription-acts.service';
import { SyncPreviewService } from './sync-preview.service';
import { TaskActsService } from './task-acts.service';
import { UserSearchService } from './user-search.service';
import { UserSyncService } from './user-sync.service';
import { UserTimelineService } from './user-timeline.service';

/** The operators' HTTP operations: they read from the other modules and call them. */
@Module({
  imports: [
    AccountsModule,
    ChaptersModule,
    InboxHealthModule,
    OAuthModule,
    PaymentsModule,
    SessionsModule,
    UsersModule,
    WebhooksModule,
  ],
  controllers: [
    AccountActsController,
    AuditLogController,
    DoubleSubscriptionController,
    MoneyActsController,
    OAuthClientsController,
    OperatorCertificatesController,
    OperatorPeopleController,
    OperatorRefundRequestsController,
    RefusedDeliveriesController,
    OperatorTasksController,
    OperatorUsersController,
    RepairController,
    RevenueController,
    WebhookEventsController,
    WebhookReplayController,
    TodayController,
    SearchPagesController,
    CustomerActsController,
    CustomerPagesController,
    DoubleSubscriptionPagesController,
    DriftPagesController,
    InboxPagesController,
    ListPagesController,
    PeoplePagesController,
    RefundRequestPagesController,
    RevenuePagesController,
    TaskPagesController,
  ],
  providers: [
    AccountActsService,
    AccessExplanationService,
    AccessGrantsService,
    AuditLogRepository,
    BatchReplayService,
    CaseService,
    CertificateRevocationService,
    CustomerListsService,
    DoubleSubscriptionService,
    DriftRepairService,
    EventReplayService,
    MoneyActsService,
    OAuthClientsService,
    OperatorPageGuard,
    PeopleService,
    RefundRequestActsService,
    SubscriptionActsService,
    SyncPreviewService,
    TaskActsService,
    UserSearchService,
    UserSyncService,
    UserTimelineService,
  ],
})
export class OperatorsModule {}
