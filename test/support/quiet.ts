import { Logger } from '@nestjs/common';

// Failures are provoked all the time here; what they log is asserted where it matters.
Logger.overrideLogger(false);
