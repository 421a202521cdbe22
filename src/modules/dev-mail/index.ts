export { DevMailModule } from './dev-mail.module';
