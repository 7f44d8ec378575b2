import { randomUUID } from 'node:crypto';
import { commandId } from '@garda/event-store';
import { Rounds, type Log } from '@garda/service';
import type { Pool } from 'pg';
import type { CaseDecisions } from './decisions';

interface Row {
  readonly case_id: string;
  readonly version: string;
}

const pageSize = 100;

/**
 * Passes the cases of units that have ended on, for as long as there is one: whatever came late, or was missed by a
 * process that died, is found at the next look. Nothing is locked: the command's id is made of the case and of the version
 * it had, so that however many replicas look, each case goes once; and the rule looks again at the folded state.
 */
export class SuccessionSweeper<S, C> {
  private readonly rounds: Rounds;

  constructor(
    private readonly of: {
      readonly pool: Pool;
      readonly log: Log;
      readonly decisions: CaseDecisions<S, C>;
      /** The folded cases of the line, in `read`. */
      readonly view: string;
      readonly everyMs?: number;
    },
  ) {
    const { log, everyMs } = of;
    this.rounds = new Rounds({
      work: () => this.sweep(),
      onError: (err) => log.warn({ err }, 'cases of ended units were not looked for; the next look follows'),
      everyMs,
    });
  }

  start(): void {
    this.rounds.start();
  }

  /** Resolves when the look under way is done. */
  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** One look. Answers how many cases were asked about. */
  async sweep(): Promise<number> {
    const { rules, catalogue } = this.of.decisions;
    const ended = rules.succession?.ended(catalogue.current) ?? [];
    if (rules.succession === undefined || ended.length === 0) return 0;
    let asked = 0;
    let after = '';
    let page: readonly Row[];
    do {
      page = await this.read(rules.succession.where, ended, after);
      for (const row of page) if (!this.rounds.stopping && (await this.pass(row))) asked += 1;
      after = page.at(-1)?.case_id ?? after; // goes on behind cases that failed
    } while (page.length === pageSize && !this.rounds.stopping);
    return asked;
  }

  private async read(where: string, ended: readonly string[], after: string): Promise<readonly Row[]> {
    const { rows } = await this.of.pool.query<Row>(
      `select case_id, version::text as version from read.${this.of.view}
        where ${where} and case_id > $2 order by case_id limit ${pageSize}`,
      [ended, after],
    );
    return rows;
  }

  private async pass({ case_id: caseId, version }: Row): Promise<boolean> {
    const { decisions, log } = this.of;
    const { rules } = decisions;
    const ask = {
      caseId,
      commandId: commandId(rules.context, 'succession', caseId, version),
      requestHash: null,
      meta: { correlationId: randomUUID(), actor: { kind: 'system' as const, id: `${rules.context}-succession` } },
    };
    try {
      await decisions.decide(ask, (state, given) => rules.succession?.pass(state, given) ?? []);
      return true;
    } catch (err) {
      log.error({ err, caseId }, 'a case was not passed to the successor of its unit; it comes again');
      return false;
    }
  }
}
