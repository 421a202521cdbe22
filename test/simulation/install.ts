/** Replaces time, chance and the networks, before the production code is loaded: some of it extends what it finds. */
import { replaceDriver } from './database/simulated-driver';
import { replaceGlobals } from './kernel/globals';
import { replaceStripeNetwork } from './stripe/simulated-http';

replaceGlobals();
replaceDriver();
replaceStripeNetwork();
