import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { GlossaryTermNotFoundError, SearchUnavailableError } from 'src/modules/chapters/search/search.errors';
import { SearchService } from 'src/modules/chapters/search/search.service';
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

/** Not behind PremiumGuard: it has no chapter to judge. The service asks the same rule and shows no locked text. */
@ApiTags('Search')
@RequireScope('chapters:read')
@Controller('api/v1')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get('chapters/search')
  @ApiOperation({
    operationId: 'searchChapters',
    summary: 'Search sections and glossary',
    description:
      'Use it when the student asks about a topic. Understands "quoted phrases" and -exclusions. Premium text the ' +
      'student may not read is only counted in locked_matches. searched_for or ' +
      'suggestion correct the spelling.',
  })
  @ApiQuery({ name: 'q', type: String, description: 'What to search for, up to 200 characters' })
  @ApiQuery({ name: 'limit', type: Number, required: false, description: '1 to 20 hits, 5 if left out' })
  @ApiOkResponse({ description: 'What was found', standardSchema: searchAnswerSchema })
  @ApiProblems(new SearchUnavailableError())
  async searchChapters(
    @CurrentUser() { userId }: Principal,
    @Query({ schema: searchQuerySchema }) { q, limit }: SearchQueryInput,
  ): Promise<SearchAnswerResponse> {
    return toSearchAnswerResponse(await this.search.search(userId, { query: q, limit }));
  }

  @Get('glossary')
  @ApiOperation({
    operationId: 'getGlossaryTerm',
    summary: 'The definition of a term, or all terms',
    description: 'Knows abbreviations and other names. Without term it lists every term with its section.',
  })
  @ApiQuery({ name: 'term', type: String, required: false, description: 'For example RAG' })
  @ApiOkResponse({ description: 'The term, or the list of terms', standardSchema: glossaryAnswerSchema })
  @ApiProblems(new GlossaryTermNotFoundError(['retrieval-augmented generation']))
  getGlossaryTerm(@Query({ schema: glossaryQuerySchema }) { term }: GlossaryQuery): GlossaryResponse {
    if (term === undefined) return toGlossaryListResponse(this.search.listTerms());
    return toGlossaryTermResponse(this.search.getTerm(term));
  }
}
