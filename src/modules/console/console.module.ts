import { Module } from '@nestjs/common';
import { SessionsModule } from 'src/modules/auth';
import { WebhooksModule } from 'src/modules/webhooks';
import { ConsoleMount } from './console-mount';
import { OperatorGate } from './operator-gate';
import { QueueBoard } from './queues/queue-board';
import { ApiDocumentService } from './swagger/api-document.service';
import { SwaggerPages } from './swagger/swagger-pages';

/** The pages that operators open in a browser: the API to try out, and the queue dashboard. */
@Module({
  imports: [SessionsModule, WebhooksModule],
  providers: [ApiDocumentService, ConsoleMount, OperatorGate, QueueBoard, SwaggerPages],
})
export class ConsoleModule {}
