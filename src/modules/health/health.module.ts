import { Module } from '@nestjs/common';
import { MonitoringModule } from 'src/modules/monitoring';
import { DrainingService } from './draining.service';
import { HealthController } from './health.controller';
import { ReadinessService } from './readiness.service';

@Module({
  imports: [MonitoringModule],
  controllers: [HealthController],
  providers: [DrainingService, ReadinessService],
  exports: [DrainingService],
})
export class HealthModule {}
