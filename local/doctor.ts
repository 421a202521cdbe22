import './check-node';
import { runBackendCommand } from './backend-command';

/** `npm run doctor`. */
process.exitCode = runBackendCommand('src/cli/doctor.js');
