export { ApiDescription } from './api-description';
export { ConsoleModule } from './console.module';
