import { Module } from '@nestjs/common';
import { PaymentsModule } from './payments.module';
import { DailySweepService } from './reconcile/daily-sweep.service';

/** The worker's part: the daily sweep. */
@Module({ imports: [PaymentsModule], providers: [DailySweepService] })
export class ReconcileWorkerModule {}
