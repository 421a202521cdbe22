import { Module, type DynamicModule } from '@nestjs/common';
import { WebhookEventsController } from './http/webhook-events.controller';

/** Operators' HTTP surface. It only looks at and calls other modules; it owns no state of its own yet. */
@Module({})
export class OperatorsModule {
  /** Takes the very instances of the modules it looks into, because those are configured. */
  static register(imports: DynamicModule[]): DynamicModule {
    return { module: OperatorsModule, imports, controllers: [WebhookEventsController] };
  }
}
