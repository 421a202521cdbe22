import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from 'src/common/domain/clock';
import { HttpConfig, StripeConfig } from 'src/config/app-config';
import { SandboxClock } from './sandbox-clock';

/** Offers business time everywhere: the machine's, or the sandbox's when the backend talks to the sandbox. */
@Global()
@Module({
  providers: [
    {
      provide: Clock,
      inject: [HttpConfig, StripeConfig],
      useFactory: ({ production }: HttpConfig, { apiBase }: StripeConfig): Clock =>
        production || apiBase === undefined ? new SystemClock() : new SandboxClock(apiBase),
    },
  ],
  exports: [Clock],
})
export class ClockModule {}
