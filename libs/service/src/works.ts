import { randomUUID } from 'node:crypto';
import type { Log } from './logger';
import { Problem } from './problem';

/** Long work that a process does because an operator asked, as the operator sees it. Nothing in it is personal. */
export interface WorkStatus {
  readonly id: string;
  readonly kind: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAt: string;
  /** How much is done, of how much; in the unit of the work. */
  readonly done: number;
  readonly of: number;
  readonly result?: unknown;
  /** With state `failed`: a stable code, and numbers and names where they help. */
  readonly error?: { readonly code: string; readonly detail?: string };
}

type Run = (report: (done: number, of: number) => void, signal: AbortSignal) => Promise<unknown>;

const kept = 20;

/**
 * Work that takes longer than a request may: it is begun by one request and looked at by others. One of a kind at a time.
 * It lives in this process and ends with it; whoever asks another replica hears NOT_FOUND and may begin it anew, since all
 * such work may be repeated.
 */
export class Works {
  private readonly all = new Map<string, WorkStatus>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly log: Log,
    /** Errors whose words are names and numbers only. */
    private readonly tellable: (error: unknown) => boolean = () => false,
  ) {}

  /** Answers at once. @throws Problem WORK_UNDER_WAY while one of this kind runs. */
  start(kind: string, run: Run): WorkStatus {
    for (const work of this.all.values())
      if (work.kind === kind && work.state === 'running') throw new Problem('WORK_UNDER_WAY', work.id);
    const id = randomUUID();
    const begun: WorkStatus = { id, kind, state: 'running', startedAt: new Date().toISOString(), done: 0, of: 0 };
    this.all.set(id, begun);
    for (const old of [...this.all.keys()].slice(0, Math.max(0, this.all.size - kept))) this.all.delete(old);
    const ended = this.carryOut(id, run).finally(() => this.running.delete(ended));
    this.running.add(ended);
    return begun;
  }

  /** @throws Problem NOT_FOUND */
  status(id: string): WorkStatus {
    const work = this.all.get(id);
    if (work === undefined) throw new Problem('NOT_FOUND', 'no such work in this process');
    return work;
  }

  /** Breaks off what runs and waits for it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private async carryOut(id: string, run: Run): Promise<void> {
    const set = (part: Partial<WorkStatus>): void => {
      this.all.set(id, { ...this.status(id), ...part });
    };
    try {
      const result = await run((done, of) => set({ done, of }), this.stopping.signal);
      set({ state: 'done', result });
    } catch (error) {
      const code = codeOf(error);
      this.log.error({ err: error, code, kind: this.status(id).kind }, 'work that was asked for failed');
      const detail = this.tellable(error) && error instanceof Error ? { detail: error.message } : {};
      set({ state: 'failed', error: { code, ...detail } });
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'UNKNOWN';
}
