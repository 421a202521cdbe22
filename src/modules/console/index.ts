export { ConsoleModule } from './console.module';
export { API_FILE } from './swagger/api-document.service';
