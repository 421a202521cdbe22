import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { fullNameSchema } from 'src/modules/accounts';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { OwnAccountError } from 'src/modules/operators/operators.errors';
import { PeopleService } from 'src/modules/operators/people.service';
import { EmailTakenError, UserNotFoundError } from 'src/modules/users';
import { Acting } from './acting.decorator';
import { doneSchema, type DoneResponse } from './acts.schema';
import { reasonBodySchema, reasonSchema, userIdSchema, type ReasonBody } from './operator.schema';

const personSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  full_name: z.string(),
  created_at: z.iso.datetime(),
});
const createdSchema = z.object({
  id: z.uuid(),
  password: z
    .string()
    .optional()
    .describe('Shown once; absent when the account existed and keeps its password'),
});
const passwordSchema = z.object({ password: z.string().describe('Shown once') });

const createBodySchema = z.strictObject({
  reason: reasonSchema,
  email: z.email().max(320),
  full_name: fullNameSchema,
});

/** Operators as people. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/operators')
export class OperatorPeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @ApiOperation({
    operationId: 'listOperators',
    summary: 'List the operators, oldest first',
    description: 'Everyone who has the role now.',
  })
  @ApiOkResponse({ description: 'The operators', standardSchema: z.array(personSchema) })
  async list(): Promise<z.infer<typeof personSchema>[]> {
    return (await this.people.list()).map(({ id, email, fullName, createdAt }) => ({
      id,
      email,
      full_name: fullName,
      created_at: createdAt.toISOString(),
    }));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'createOperator',
    summary: 'Create an operator, or give the role to an account',
    description: 'A new account gets a random password, which only this answer contains.',
  })
  @ApiOkResponse({ description: 'The operator', standardSchema: createdSchema })
  @ApiProblems(new EmailTakenError())
  async create(
    @Body({ schema: createBodySchema })
    { reason, email, full_name: fullName }: z.infer<typeof createBodySchema>,
    @Acting() acting: Acting,
  ): Promise<z.infer<typeof createdSchema>> {
    const { user, password } = await this.people.create({ email, fullName }, { ...acting, reason });
    return { id: user.id, password };
  }

  @Post(':userId/disable')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'disableOperator',
    summary: 'Take the role from an operator and end every session',
    description: 'The account stays, without rights. Nobody can disable the own account.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From listOperators' })
  @ApiOkResponse({ description: 'Disabled', standardSchema: doneSchema })
  @ApiProblems(new UserNotFoundError(), new OwnAccountError())
  async disable(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<DoneResponse> {
    await this.people.disable(userId, { ...acting, reason });
    return { done: true };
  }

  @Post(':userId/reset-password')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resetOperatorPassword',
    summary: 'Give an operator a new random password',
    description: 'Ends every session of that operator. Only this answer contains the password.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From listOperators' })
  @ApiOkResponse({ description: 'The password', standardSchema: passwordSchema })
  @ApiProblems(new UserNotFoundError(), new OwnAccountError())
  async reset(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<z.infer<typeof passwordSchema>> {
    return { password: await this.people.resetPassword(userId, { ...acting, reason }) };
  }
}
