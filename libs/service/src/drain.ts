import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from './language';
import { answerTo, Problem, problemDocument } from './problem';
import { traceOf } from './request-context';

/** A connection on which no whole request has arrived by then is cut: nothing of it was accepted. */
const dawdleForMs = 3_000;
/** What is accepted is answered; this only ends what hangs, so that the database is left in order all the same. */
const answerWithinMs = 15_000;

/**
 * How a process stops listening: whatever it accepted is answered, whatever comes now is sent elsewhere with 503 and
 * `Retry-After`, and whoever has not sent his whole request is cut off.
 */
export class Drain {
  private readonly sockets = new Set<Socket>();
  /** Connections on which a request is being worked on. */
  private readonly working = new Set<Socket>();
  private closing = false;

  constructor(fastify: FastifyInstance) {
    fastify.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => {
        this.sockets.delete(socket);
        this.working.delete(socket);
      });
    });
    fastify.addHook('onRequest', (request, reply, done) => {
      if (this.closing) this.sendAway(request, reply);
      else done();
    });
    // Its body is read, from here on it is ours.
    fastify.addHook('preValidation', (request, _, done) => {
      this.working.add(request.raw.socket);
      done();
    });
    // Else the connection would stay open, with nobody to use it.
    fastify.addHook('onSend', (_, reply, payload, done) => {
      if (this.closing) void reply.header('connection', 'close');
      done(null, payload);
    });
    fastify.addHook('onResponse', (request, _, done) => {
      this.working.delete(request.raw.socket);
      done();
    });
  }

  /** Resolves when the last accepted request is answered. */
  async close(app: NestFastifyApplication): Promise<void> {
    this.closing = true;
    const dawdlers = setTimeout(() => this.cut((socket) => !this.working.has(socket)), dawdleForMs);
    const everybody = setTimeout(() => this.cut(() => true), answerWithinMs);
    await app.close().finally(() => [dawdlers, everybody].forEach(clearTimeout));
  }

  private cut(which: (socket: Socket) => boolean): void {
    for (const socket of this.sockets) if (which(socket)) socket.destroy();
  }

  private sendAway(request: FastifyRequest, reply: FastifyReply): void {
    const answer = answerTo(new Problem('SERVICE_UNAVAILABLE', 'this process is being stopped'));
    const language = languageOf(request.headers['accept-language']);
    void reply
      .status(503)
      .headers({ ...answer.headers, connection: 'close', vary: 'accept-language' })
      .type('application/problem+json')
      .send(JSON.stringify(problemDocument(answer, language, traceOf(request).correlationId)));
  }
}
