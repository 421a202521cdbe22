import { Module, type DynamicModule } from '@nestjs/common';
import { SignInModule } from 'src/modules/auth';
import { ApiDescription } from './api-description';
import { ConsoleMount } from './console-mount';
import { OperatorGate } from './operator-gate';
import { QueueBoard } from './queues/queue-board';
import { SwaggerPages } from './swagger/swagger-pages';

/** What operators open in a browser: the API to try out, and the queues. */
@Module({})
export class ConsoleModule {
  /** Takes the very instance of the module whose queues it shows, because that one is configured. */
  static register(webhooks: DynamicModule): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [SignInModule, webhooks],
      providers: [ApiDescription, ConsoleMount, OperatorGate, QueueBoard, SwaggerPages],
      exports: [ApiDescription],
    };
  }
}
