import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { answerTo, languageOf, problems, type Language, type Log, type ProblemCode } from '@garda/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOG } from '../tokens';
import { contentTypes, render, type Format } from './format';
import { faultsNode, Open311Error } from './open311-error';

/** Errors of this interface leave in its own shape, in the format that was asked for; XML where none can be seen. */
@Catch()
export class Open311Filter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const format = formatOf(request.url);
    const refused =
      error instanceof Open311Error ? error : translated(error, languageOf(request.headers['accept-language']));
    if (refused.status === 500)
      this.log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'not foreseen');
    if (refused.retryAfterSeconds !== undefined) reply.header('retry-after', String(refused.retryAfterSeconds));
    void reply
      .status(refused.status)
      .header('vary', 'accept-language')
      .type(contentTypes[format])
      .send(render(format, 'errors', faultsNode(refused.faults)));
  }
}

/** By the suffix of the path. */
export function formatOf(url: string): Format {
  return url.split('?', 1)[0]?.endsWith('.json') ? 'json' : 'xml';
}

/** What GeoReport has a status of its own for. */
const ownStatus: Partial<Record<ProblemCode, 403 | 404>> = {
  API_KEY_MISSING: 403,
  API_KEY_INVALID: 403,
  STANDARD_UNKNOWN: 404,
};

/** GeoReport knows few statuses: what else the rules refuse is a 400, with our stable code in words. */
function translated(error: unknown, language: Language): Open311Error {
  const { code, detail } = answerTo(error);
  const [status, id, en] = problems[code];
  const words = `${code}: ${language === 'id' ? id : en}${detail === undefined ? '' : ` (${detail})`}`;
  const own = ownStatus[code];
  if (own !== undefined) return new Open311Error(own, [{ code: own, description: words }]);
  if (status === 503) return new Open311Error(503, [{ code: 503, description: words }], 1);
  if (status === 500 || status === 413 || status === 415)
    return new Open311Error(status, [{ code: status, description: words }]);
  return new Open311Error(400, [{ code: 400, description: words }]);
}
