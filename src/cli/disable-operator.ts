import 'reflect-metadata';
import { loadOperatorEmail } from 'src/config/operator-credentials';
import { Database } from 'src/database/database';
import { OperatorPeopleService } from 'src/modules/accounts';
import { CommandAudit } from 'src/modules/operators';
import { UserNotFoundError, UsersService } from 'src/modules/users';
import { startOrExit } from 'src/common/process/start-or-exit';
import { withOperators } from './operators/operators-context';

/** Takes the role from the operator of OPERATOR_EMAIL and ends every session; also needs DATABASE_URL. */
startOrExit('disable-operator', () => {
  const email = loadOperatorEmail();
  return withOperators(async (context) => {
    const user = await context.get(UsersService, { strict: false }).findByEmail(email);
    if (user === undefined) throw new UserNotFoundError();
    await context.get(Database).transaction(async () => {
      await context.get(OperatorPeopleService, { strict: false }).disable(user.id);
      await context
        .get(CommandAudit, { strict: false })
        .record('disable_operator', user.id, 'disable-operator');
    });
    process.stdout.write(`operator ${email}: disabled\n`);
  });
});
