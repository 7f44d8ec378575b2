import {
  lineCommands,
  lines,
  staffCommands,
  type Context,
  type LineName,
  type StaffCommandName,
} from '@garda/contracts';
import { Ctx, IfMatch, Needs, type RequestContext } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { bodyOf, StaffCommand, type StaffAnswer } from './staff-command';

/** Enough of the reply to say that something is stored but not shown yet. */
interface Reply {
  code(status: number): unknown;
}

/**
 * One route for each staff command of a context, made from the contract's table: `POST /internal/cases/{caseId}/{name}`
 * with the gateway's token for its verb; `POST /internal/levy/{caseId}/{name}` for a report of an illegal levy. A new
 * command in the table is a route here without another line.
 */
export function staffCommandsController(context: Context, line: LineName = 'open'): Type {
  @Controller(`internal/${lines[line].path}/:caseId`)
  class StaffCommandsController {
    constructor(@Inject(CommandBus) readonly commands: CommandBus) {}
  }
  for (const name of lineCommands[line].names)
    if (staffCommands[name].context === context) addRoute(StaffCommandsController.prototype, name, line);
  return StaffCommandsController;
}

type Host = { readonly commands: CommandBus };

function addRoute(prototype: Host, name: StaffCommandName, line: LineName): void {
  async function route(
    this: Host,
    caseId: string,
    body: unknown,
    context: RequestContext,
    ifMatch: number | undefined,
    reply: Reply,
  ): Promise<Omit<StaffAnswer, 'shown'>> {
    const command = new StaffCommand(name, caseId, bodyOf(name, body), context, ifMatch, line);
    const { shown, ...answer } = await this.commands.execute(command);
    if (!shown) reply.code(202);
    return answer;
  }
  Object.defineProperty(prototype, name, { value: route, configurable: true, writable: true });
  Param('caseId', new ParseUUIDPipe())(prototype, name, 0);
  Body()(prototype, name, 1);
  Ctx()(prototype, name, 2);
  IfMatch()(prototype, name, 3);
  Res({ passthrough: true })(prototype, name, 4);
  Reflect.defineMetadata('design:paramtypes', [String, Object, Object, Object, Object], prototype, name);
  const decorators: MethodDecorator[] = [Post(name), HttpCode(200), Needs(lineCommands[line].verbOf(name))];
  for (const decorate of decorators) decorate(prototype, name, { value: route });
}
