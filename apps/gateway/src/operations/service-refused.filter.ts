import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { passOn } from '../commands/answer';
import { ServiceRefused } from './fleet';

/** The problem document of a service, unchanged. */
@Catch(ServiceRefused)
export class ServiceRefusedFilter implements ExceptionFilter {
  catch({ answer }: ServiceRefused, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.send(passOn(reply, answer));
  }
}
