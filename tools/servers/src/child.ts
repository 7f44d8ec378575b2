import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcess, markOf } from './processes';
import type { ProcessMark } from './processes';

export interface ChildOptions {
  /** How the process is called in messages and in run.json. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the process: nothing of ours leaks into it unasked. */
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** The signal that asks it to stop in good order. */
  readonly stopSignal?: NodeJS.Signals;
}

/** A process of ours, started in a group of its own, so that Ctrl-C reaches only the starter. */
export class Child {
  private ended: string | undefined;

  private constructor(
    readonly name: string,
    readonly logFile: string,
    readonly mark: ProcessMark,
    readonly stopSignal: NodeJS.Signals,
    /** Resolves with how it ended. */
    readonly end: Promise<string>,
  ) {
    void end.then((how) => (this.ended = how));
  }

  /** Starts it; throws one sentence when the program cannot be run at all. */
  static async start(options: ChildOptions): Promise<Child> {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, 'a', 0o600);
    try {
      const spawned = spawn(options.command, options.args, {
        env: options.env,
        cwd: options.cwd,
        uid: options.uid,
        gid: options.gid,
        detached: true,
        stdio: ['ignore', log, log],
      });
      const end = new Promise<string>((resolve) => {
        spawned.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      });
      await hasStarted(spawned, options.name);
      const { name, logFile, stopSignal = 'SIGTERM' } = options;
      return new Child(name, logFile, markOf(spawned.pid ?? 0), stopSignal, end);
    } finally {
      closeSync(log);
    }
  }

  /** Waits until `look` answers true; throws with the end of its log when it ends before or takes too long. */
  async waitUntil(look: () => Promise<boolean>, patience: number): Promise<void> {
    const until = Date.now() + patience;
    while (!(await look())) {
      if (this.ended !== undefined) {
        throw new Error(`${this.name} ended (${this.ended}) before it was ready.${this.lastWords()}`);
      }
      if (Date.now() > until) {
        throw new Error(`${this.name} was not ready within ${patience / 1000} s.${this.lastWords()}`);
      }
      await pause(50);
    }
  }

  async stop(patience: number, how = this.stopSignal): Promise<'gone' | 'ended' | 'forced'> {
    return endProcess(this.mark, patience, how);
  }

  /** The end of its log, to be put behind a message. */
  lastWords(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-15);
    return `\nThe end of ${this.logFile}:\n  ${lines.join('\n  ')}`;
  }
}

function hasStarted(spawned: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    spawned.once('spawn', resolve);
    spawned.once('error', (error) => reject(new Error(`${name} could not be started: ${error.message}`)));
  });
}

/** Runs a program to its end, quietly; throws with what it said when it fails. */
export function run(options: Omit<ChildOptions, 'logFile' | 'stopSignal'>): Promise<string> {
  return new Promise((resolve, reject) => {
    const { command, args, env, cwd, uid, gid } = options;
    const spawned = spawn(command, args, { env, cwd, uid, gid, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (chunk: Buffer): void => void (said += chunk.toString('utf8'));
    spawned.stdout.on('data', hear);
    spawned.stderr.on('data', hear);
    spawned.once('error', (error) => reject(new Error(`${options.name} could not be run: ${error.message}`)));
    spawned.once('close', (code) => {
      if (code === 0) {
        resolve(said);
      } else {
        reject(
          new Error(`${options.name} failed (exit code ${code}):\n${said.trimEnd().split('\n').slice(-20).join('\n')}`),
        );
      }
    });
  });
}

/** What any program needs of our environment to run, and nothing that is secret. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'JAVA_HOME', 'TMPDIR', 'TZ', 'SystemRoot'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
