import type { Pool, QueryConfig } from 'pg';
import { batchColumns, encodeRequest, singleColumns, type EncodedRequest } from './encode';
import { LogUnavailableError, RefusedAppend } from './errors';
import { isTransient, sqlState } from './sqlstate';
import { appendStatements } from './statements';
import type { AppendOutcome, AppendRequest, BarRequest, JsonValue, LogSchema } from './types';

interface BatchRow {
  readonly status: AppendOutcome['status'][];
  readonly version: string[];
  readonly position: (string | null)[];
  readonly result: JsonValue[];
}

interface OneRow {
  readonly status: AppendOutcome['status'];
  readonly version: string;
  readonly position: string | null;
  readonly result: JsonValue;
}

/** The commit is on disk here, but a standby was not waited for: the outcome counts as unknown. */
class UnsureOfStandby extends Error {
  readonly code = '08007'; // transaction resolution unknown
}

/**
 * Sends appends. A lost connection, a timeout or a transient SQLSTATE leaves the outcome unknown or undone: the same
 * requests go again under the same ids, so what was stored is answered as repeated. After `giveUpAfterMs` the caller is
 * sent away with LOG_UNAVAILABLE.
 */
export class LogWriter {
  private readonly statements;

  constructor(
    private readonly pool: Pool,
    schema: LogSchema,
    private readonly giveUpAfterMs: number,
  ) {
    this.statements = appendStatements(schema);
  }

  /** One auto-commit statement: a frozen process can never hold the append lock. */
  async write(batch: readonly EncodedRequest[]): Promise<AppendOutcome[]> {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      const row = await this.send<OneRow>({ ...this.statements.one, values: singleColumns(only) });
      return [outcome(row.status, row.version, row.position, row.result)];
    }
    return outcomes(await this.send<BatchRow>({ ...this.statements.batch, values: batchColumns(batch) }));
  }

  /** Several requests, all or nothing. */
  async writeAll(requests: readonly AppendRequest[]): Promise<AppendOutcome[]> {
    const values = batchColumns(requests.map(encodeRequest));
    try {
      return outcomes(await this.send<BatchRow>({ ...this.statements.all, values }));
    } catch (error) {
      if (sqlState(error) === 'GA002') throw refusal(error);
      throw error;
    }
  }

  /** Refuses for good what is not recorded yet; whatever is recorded is answered as repeated. */
  async bar(requests: readonly BarRequest[]): Promise<AppendOutcome[]> {
    const column = <T>(of: (request: BarRequest) => T): T[] => requests.map(of);
    const values = [column((r) => r.commandId), column((r) => r.requestHash), column((r) => r.streamId)];
    return outcomes(await this.send<BatchRow>({ ...this.statements.bar, values }));
  }

  private async send<Row>(query: QueryConfig): Promise<Row> {
    const givenUpAt = Date.now() + this.giveUpAfterMs;
    for (let pause = 10; ; pause = Math.min(pause * 2, 1000)) {
      try {
        return await this.once<Row>(query, Math.max(1, givenUpAt - Date.now()));
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (Date.now() + pause > givenUpAt)
          throw new LogUnavailableError('the log did not answer; the outcome is unknown', { cause: error });
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  /** The server's own limits do not hold while it waits for a standby, nor when it is frozen: hence one of ours. */
  private async once<Row>(query: QueryConfig, withinMs: number): Promise<Row> {
    const limited: QueryConfig & { readonly query_timeout: number } = { ...query, query_timeout: withinMs };
    const client = await this.pool.connect();
    let unsure = false;
    const onNotice = (notice: { routine?: string | undefined }): void => {
      unsure ||= notice.routine === 'SyncRepWaitForLSN';
    };
    let broken = false;
    const onLost = (): void => void (broken = true); // the query fails too; without a listener the process would end
    client.on('notice', onNotice).on('error', onLost);
    try {
      const { rows } = await client.query(limited);
      if (unsure) throw new UnsureOfStandby('the wait for the standby was cancelled');
      return rows[0] as Row;
    } catch (error) {
      broken ||= isTransient(error);
      throw error;
    } finally {
      client.off('notice', onNotice).off('error', onLost);
      client.release(broken);
    }
  }
}

function outcomes(row: BatchRow): AppendOutcome[] {
  return row.status.map((status, i) =>
    outcome(status, row.version[i] as string, row.position[i] ?? null, row.result[i] ?? null),
  );
}

function outcome(
  status: AppendOutcome['status'],
  version: string,
  position: string | null,
  result: JsonValue,
): AppendOutcome {
  if (status === 'key_reused' || status === 'barred') return { status };
  if (status === 'conflict') return { status, version: Number(version) };
  if (status === 'repeated' && position === '0') return { status: 'barred' };
  if (position === null) throw new Error(`append answered ${status} without a position`);
  return { status, version: Number(version), position: BigInt(position), result };
}

function refusal(error: unknown): RefusedAppend {
  const { detail } = error as { detail: string };
  const { status, version } = JSON.parse(detail) as { status: AppendOutcome['status'][]; version: number[] };
  return new RefusedAppend(status.map((one, i) => ({ status: one, version: version[i] as number })));
}
