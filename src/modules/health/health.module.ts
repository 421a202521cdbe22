import { Module } from '@nestjs/common';
import { RedisClientsModule } from 'src/queue/redis-clients';
import { RedisProbe } from 'src/queue/redis-probe';
import { DrainingService } from './draining.service';
import { HealthController } from './health.controller';
import { ReadinessService } from './readiness.service';

@Module({
  imports: [RedisClientsModule],
  controllers: [HealthController],
  providers: [DrainingService, ReadinessService, RedisProbe],
  exports: [DrainingService],
})
export class HealthModule {}
