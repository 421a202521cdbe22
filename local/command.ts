import './check-node';
import { runBackendCommand } from './backend-command';

/** `node dist/local/command.js src/cli/<command>.js [arguments]`: runs a command of the backend. */
const [script = '', ...args] = process.argv.slice(2);
process.exitCode = runBackendCommand(script, args);
