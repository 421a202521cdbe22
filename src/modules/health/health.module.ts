import { Module } from '@nestjs/common';
import { RedisProbe } from 'src/queue/redis-probe';
import { HealthController } from './health.controller';
import { ReadinessService } from './readiness.service';

@Module({ controllers: [HealthController], providers: [ReadinessService, RedisProbe] })
export class HealthModule {}
