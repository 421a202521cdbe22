export { normaliseEmail } from './domain/normalise-email';
export type { User } from './domain/user';
export { EmailTakenError, UserNotFoundError } from './users.errors';
export { UsersModule } from './users.module';
export { UsersService } from './users.service';
