import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { factsOf, ReadsWithSession } from 'src/common/http/decorators/reads-with-session.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { GlossaryTermNotFoundError, SearchUnavailableError } from 'src/modules/chapters/search/search.errors';
import { SearchService } from 'src/modules/chapters/search/search.service';
import { ACCESS_FACTS } from 'src/modules/payments';
import {
  glossaryAnswerSchema,
  glossaryQuerySchema,
  searchAnswerSchema,
  searchQuerySchema,
  type GlossaryQuery,
  type GlossaryResponse,
  type SearchAnswerResponse,
  type SearchQueryInput,
} from './search.schema';
import { toGlossaryListResponse, toGlossaryTermResponse, toSearchAnswerResponse } from './search.view';

/** Not protected by PremiumGuard, because there is no single chapter to check. The service asks the same access rule. */
@ApiTags('Search')
@RequireScope('chapters:read')
@Controller('api/v1')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get('chapters/search')
  @ReadsWithSession(ACCESS_FACTS)
  @ApiOperation({
    operationId: 'searchChapters',
    summary: 'Search sections and glossary',
    description:
      'Use it when the student asks about a topic. Supports "quoted phrases" and -exclusions. Premium chapters the ' +
      'student cannot read are only counted in locked_matches. searched_for or ' +
      'suggestion correct the spelling.',
  })
  @ApiQuery({ name: 'q', type: String, description: 'The query, up to 200 characters' })
  @ApiQuery({ name: 'limit', type: Number, required: false, description: '1 to 20 hits, 5 by default' })
  @ApiOkResponse({ description: 'The search results', standardSchema: searchAnswerSchema })
  @ApiProblems(new SearchUnavailableError())
  async searchChapters(
    @CurrentUser() user: Principal,
    @Query({ schema: searchQuerySchema }) { q, limit }: SearchQueryInput,
  ): Promise<SearchAnswerResponse> {
    const access = factsOf(user, ACCESS_FACTS);
    return toSearchAnswerResponse(await this.search.search(user.userId, { query: q, limit }, access));
  }

  @Get('glossary')
  @ApiOperation({
    operationId: 'getGlossaryTerm',
    summary: 'The definition of a term, or all terms',
    description:
      'Accepts abbreviations and other names. Without term it lists all terms with their sections.',
  })
  @ApiQuery({ name: 'term', type: String, required: false, description: 'For example RAG' })
  @ApiOkResponse({ description: 'The term, or the list of terms', standardSchema: glossaryAnswerSchema })
  @ApiProblems(new GlossaryTermNotFoundError(['retrieval-augmented generation']))
  getGlossaryTerm(@Query({ schema: glossaryQuerySchema }) { term }: GlossaryQuery): GlossaryResponse {
    if (term === undefined) return toGlossaryListResponse(this.search.listTerms());
    return toGlossaryTermResponse(this.search.getTerm(term));
  }
}
