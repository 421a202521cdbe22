import { generate } from './generate';
import type { LoadPlan } from './plan';

// A process of its own: its work would otherwise delay the answers that it measures. One plan at a time.
process.on('message', (plan: LoadPlan) => {
  generate(plan).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
