export { DrainingService } from './draining.service';
export { HealthModule } from './health.module';
