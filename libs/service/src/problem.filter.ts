import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from './language';
import type { Log } from './logger';
import { answerTo, problemDocument } from './problem';
import { traceOf } from './request-context';

/** Every answer that is no success leaves through here, as `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const answer = answerTo(error);
    const { correlationId } = traceOf(request);
    if (answer.code === 'INTERNAL')
      this.log.error(
        { err: error, correlationId, method: request.method, route: request.routeOptions.url },
        'not foreseen',
      );
    const document = problemDocument(answer, languageOf(request.headers['accept-language']), correlationId);
    if (document.status === 401) reply.header('www-authenticate', 'Bearer');
    // The rest of the body is still on its way; nobody will read it, and the connection must not wait for it.
    if (answer.code === 'BODY_TOO_LARGE') reply.header('connection', 'close');
    void reply
      .status(document.status)
      .headers(answer.headers)
      .header('vary', 'accept-language')
      .type('application/problem+json')
      .send(JSON.stringify(document));
  }
}
