import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from './guards';

/** One thing a process needs before it can serve. Rejects, or answers false, while it is not there. */
export interface ReadyCheck {
  readonly name: string;
  check(): Promise<boolean>;
}

export interface HealthReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, boolean>>;
  /** The code for which the service takes no command until the operator has healed its log. */
  readonly refused?: string;
  readonly caseTime?: string;
}

/** The checks of this process, and what time it is for the cases. */
export class Health {
  constructor(
    readonly checks: readonly ReadyCheck[],
    readonly caseTime?: () => Promise<string>,
    readonly refused: () => string | undefined = () => undefined,
  ) {}

  /** Never rejects: a check that fails or takes over two seconds is a `false`. */
  async report(): Promise<HealthReport> {
    const results = await Promise.all(this.checks.map(async ({ name, check }) => [name, await within(check)] as const));
    const caseTime = await this.caseTime?.().catch(() => undefined); // the checks already say that the database is away
    const refused = this.refused();
    return {
      ready: results.every(([, ok]) => ok),
      checks: Object.fromEntries(results),
      ...(refused === undefined ? {} : { refused }),
      ...(caseTime === undefined ? {} : { caseTime }),
    };
  }
}

async function within(check: () => Promise<boolean>, ms = 2000): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false; // the caller asked whether it is there; it is not
  } finally {
    clearTimeout(timer);
  }
}

@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  /** The process runs. Says nothing of its servers, so that nobody restarts it because Kafka is away. */
  @Get('health/live')
  live(): { live: true } {
    return { live: true };
  }

  /** 200 when every check passes, else 503 with the names of those that do not. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const report = await this.health.report();
    void reply.status(report.ready ? 200 : 503).header('cache-control', 'no-store');
    return report;
  }
}
