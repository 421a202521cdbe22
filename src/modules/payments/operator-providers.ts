import { OperatorListsService } from './access/operator-lists.service';
import { OperatorFactsRepository } from './access/persistence/operator-facts.repository';
import { OperatorListsRepository } from './access/persistence/operator-lists.repository';
import { OperatorMoneyRepository } from './access/persistence/operator-money.repository';
import { OperatorSearchRepository } from './access/persistence/operator-search.repository';
import { OperatorTimelineRepository } from './access/persistence/operator-timeline.repository';
import { BindingService } from './repairs/binding.service';
import { RefundingService } from './repairs/refunding.service';
import { SubscriptionRepairsService } from './repairs/subscription-repairs.service';
import { RevenueRepository } from './revenue/persistence/revenue.repository';
import { RevenueService } from './revenue/revenue.service';

/** What operators see of money and do to it; operators imports these. */
export const operatorServices = [
  BindingService,
  OperatorListsService,
  RefundingService,
  RevenueService,
  SubscriptionRepairsService,
];

export const operatorProviders = [
  ...operatorServices,
  OperatorFactsRepository,
  OperatorListsRepository,
  OperatorMoneyRepository,
  OperatorSearchRepository,
  OperatorTimelineRepository,
  RevenueRepository,
];
