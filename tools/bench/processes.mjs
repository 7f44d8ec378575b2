/** Measured work runs in a process of its own, so that no contestant inherits another one's heap or compiled code. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));

export class Processes {
  #running = new Set();

  /** Runs workers/KIND.mjs to its end and answers what it answers. Options hold passwords: they go by standard input. */
  async work(kind, options, nodeArgs = []) {
    const child = this.#start(kind, options, nodeArgs);
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    const code = await child.ended;
    if (code !== 0) throw new Error(`The worker ${kind} ended with ${code}.`);
    return JSON.parse(output.trim().split('\n').at(-1));
  }

  /** Starts a server among the workers; resolves with its first line when it is ready. */
  async serve(kind, options, nodeArgs = []) {
    const child = this.#start(kind, options, nodeArgs);
    const ready = new Promise((resolve) => child.stdout.once('data', (data) => resolve(JSON.parse(data))));
    const died = child.ended.then((code) => Promise.reject(new Error(`The worker ${kind} ended with ${code}.`)));
    died.catch(() => undefined); // heard below while it is being started, expected after that
    const facts = await Promise.race([ready, died]);
    const stop = async () => {
      child.kill('SIGTERM');
      await child.ended;
    };
    return { ...facts, pid: child.pid, stop };
  }

  async stopAll() {
    const children = [...this.#running];
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map((child) => child.ended));
  }

  #start(kind, options, nodeArgs) {
    const child = spawn(process.execPath, ['--enable-source-maps', ...nodeArgs, worker, kind], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#running.add(child);
    child.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
    void child.ended.then(() => this.#running.delete(child));
    child.stdin.on('error', () => undefined); // it died before it read: `ended` says so
    child.stdin.end(JSON.stringify(options));
    return child;
  }
}
