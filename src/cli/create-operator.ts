import 'reflect-metadata';
import { loadOperatorCredentials } from 'src/config/operator-credentials';
import { Database } from 'src/database/database';
import { OperatorAccountsService } from 'src/modules/accounts';
import { CommandAudit } from 'src/modules/operators';
import { UsersService } from 'src/modules/users';
import { startOrExit } from 'src/common/process/start-or-exit';
import { withOperators } from './operators/operators-context';

/** Creates the operator of OPERATOR_EMAIL, or sets OPERATOR_PASSWORD; also needs DATABASE_URL. Safe to repeat. */
startOrExit('create-operator', () => {
  const credentials = loadOperatorCredentials();
  return withOperators(async (context) => {
    const outcome = await context.get(Database).transaction(async () => {
      const done = await context.get(OperatorAccountsService, { strict: false }).ensure(credentials);
      const user = await context.get(UsersService, { strict: false }).findByEmail(credentials.email);
      const action = done === 'created' ? 'create_operator' : 'reset_operator_password';
      if (done !== 'unchanged' && user !== undefined)
        await context.get(CommandAudit, { strict: false }).record(action, user.id, 'create-operator');
      return done;
    });
    process.stdout.write(`operator ${credentials.email}: ${outcome}\n`);
  });
});
