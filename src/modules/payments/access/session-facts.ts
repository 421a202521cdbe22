import type { SessionRead } from 'src/common/http/decorators/reads-with-session.decorator';
import {
  ACCESS_FACTS_JSON,
  parseAccessFacts,
  type StoredAccessFacts,
} from 'src/modules/payments/access/persistence/access-facts.repository';

/** The facts of the access rule, for routes that read them with the session. */
export const ACCESS_FACTS: SessionRead<StoredAccessFacts> = {
  name: 'access_facts',
  sql: ACCESS_FACTS_JSON,
  parse: parseAccessFacts,
};
