import {
  filing,
  levyVerbs,
  lineCommands,
  lines,
  staffCommands,
  type LineName,
  type StaffCommandName,
} from '@garda/contracts';
import { Creates, Needs } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { passOn } from './answer';
import { CallerOf } from './caller';
import { FileCase } from './file-case';
import { ForwardCommand, type Caller } from './forward';

class FilingBody extends createZodDto(filing) {}

const waits = ApiHeader({
  name: 'Prefer',
  required: false,
  description: '`respond-async`: do not wait for the case file',
});
const later = ApiResponse({ status: 202, description: 'Stored; the case file at `Location` will show it' });

@ApiTags('cases')
@Controller('cases')
export class FilingController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  /** File a case for a citizen at the desk. Answers case id and public number. */
  @Post()
  @HttpCode(201)
  @Needs('case.file')
  @Creates()
  @ApiBody({ type: FilingBody })
  @waits
  @later
  async file(@Body() body: unknown, @CallerOf() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply) {
    return passOn(reply, await this.commands.execute(new FileCase(body, caller)));
  }
}

@ApiTags('levy')
@Controller('levy')
export class LevyFilingController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  /** File a report of an illegal levy for somebody at the desk of the inspectorate. */
  @Post()
  @HttpCode(201)
  @Needs(levyVerbs.work)
  @Creates()
  @ApiBody({ type: FilingBody })
  @waits
  @later
  async file(@Body() body: unknown, @CallerOf() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply) {
    return passOn(reply, await this.commands.execute(new FileCase(body, caller, 'restricted')));
  }
}

/** `link-duplicate` → `LinkDuplicateBody`, as the reference page names it. */
const bodyName = (name: string): string =>
  `${name.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}Body`;

/** The body's schema for the reference page; the service that decides is the one that checks it. */
function bodyOf(name: StaffCommandName): Type {
  const body = createZodDto(staffCommands[name].body);
  Object.defineProperty(body, 'name', { value: bodyName(name) });
  return body;
}

/**
 * One route for each command of the contract, made from its table: `POST /cases/{caseId}/{name}`, with its verb. A new
 * command in the table is a new route, a new right to check and a new entry of the reference page, without a line here.
 * On the restricted line `POST /levy/{caseId}/{name}`, with the one verb of levies.
 */
export function staffCommandsController(line: LineName = 'open'): Type {
  @ApiTags(line === 'open' ? 'commands' : 'levy')
  @Controller(`${lines[line].path}/:caseId`)
  class StaffCommandsController {
    constructor(@Inject(CommandBus) readonly commands: CommandBus) {}
  }
  for (const name of lineCommands[line].names) addRoute(StaffCommandsController.prototype, name, line);
  return StaffCommandsController;
}

function addRoute(prototype: { commands: CommandBus }, name: StaffCommandName, line: LineName): void {
  const { summary } = staffCommands[name];
  async function route(
    this: { commands: CommandBus },
    caseId: string,
    body: unknown,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<string> {
    return passOn(reply, await this.commands.execute(new ForwardCommand(name, caseId, body, caller, line)));
  }
  Object.defineProperty(prototype, name, { value: route, configurable: true, writable: true });
  Param('caseId', new ParseUUIDPipe())(prototype, name, 0);
  Body()(prototype, name, 1);
  CallerOf()(prototype, name, 2);
  Res({ passthrough: true })(prototype, name, 3);
  Reflect.defineMetadata('design:paramtypes', [String, Object, Object, Object], prototype, name);
  const descriptor = { value: route };
  const decorators: MethodDecorator[] = [
    Post(name),
    HttpCode(200),
    Needs(lineCommands[line].verbOf(name)),
    ApiOperation({ summary, operationId: line === 'open' ? name : `levy-${name}` }),
    ApiParam({ name: 'caseId', format: 'uuid' }),
    ApiBody({ type: bodyOf(name) }),
    ApiHeader({ name: 'Idempotency-Key', required: false }),
    ApiHeader({ name: 'If-Match', required: false, description: `Version of ${staffCommands[name].context}` }),
    waits,
    ApiResponse({ status: 200, description: 'Done, and the case file shows it' }),
    later,
  ];
  for (const decorate of decorators) decorate(prototype, name, descriptor);
}
