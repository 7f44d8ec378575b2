/**
 * Submits at a fixed rate, and one officer who looks at the end of his inbox again and again. Answers how long each case
 * for that officer took from being handed in until he saw it.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { spread } from '../figures.mjs';
import { tokenOf } from '../instance.mjs';
import { pause } from '../rounds.mjs';
import { lamp, letter } from '../submission.mjs';
import { client } from './submit.mjs';

export async function run({ folder, urls, person, rate, every, milliseconds, first }) {
  const intake = client(urls.intake, 128);
  const inbox = new Inbox(client(urls.gateway, 1), tokenOf(folder, person));
  await inbox.readAll();
  const sent = { caseIds: [], probes: new Map(), failed: 0 };
  const watching = watch(inbox, sent);
  await submit({ intake, sent, rate, every, milliseconds, first });
  sent.done = true;
  await watching;
  intake.close();
  inbox.close();
  const waits = [...sent.probes.values()]
    .filter(({ seen }) => seen !== undefined)
    .map(({ since, seen }) => seen - since);
  const { caseIds, failed } = sent;
  return {
    ...spread(waits),
    waits,
    probes: sent.probes.size,
    unseen: sent.probes.size - waits.length,
    looks: inbox.looks,
    caseIds,
    failed,
  };
}

async function submit({ intake, sent, rate, every, milliseconds, first }) {
  const began = performance.now();
  const waiting = new Set();
  for (let n = 0; (n * 1000) / rate < milliseconds; n += 1) {
    const due = began + (n * 1000) / rate;
    while (performance.now() < due) await pause(Math.max(0, due - performance.now() - 1));
    const isProbe = n % every === 0;
    const body = isProbe ? lamp(first + n / every) : letter;
    const one = intake
      .ask('POST', '/cases', { headers: { 'idempotency-key': randomUUID() }, body })
      .then(({ status, json }) => {
        if (status !== 201 && status !== 202) return void (sent.failed += 1);
        sent.caseIds.push(json.caseId);
        if (isProbe) sent.probes.set(json.caseId, { since: due });
      })
      .finally(() => waiting.delete(one));
    waiting.add(one);
  }
  await Promise.all(waiting);
}

/** Until every probe was seen; ten seconds after the last submit it is given up. */
async function watch(inbox, sent) {
  let lastSubmit;
  for (;;) {
    const seen = await inbox.look();
    for (const [caseId, probe] of sent.probes) probe.seen ??= seen.get(caseId);
    const open = [...sent.probes.values()].some((probe) => probe.seen === undefined);
    if (sent.done) lastSubmit ??= performance.now();
    if (sent.done && (!open || performance.now() - lastSubmit > 10_000)) return;
    await pause(5);
  }
}

/** The officer's inbox, most urgent first: what is new stands on the last pages. */
class Inbox {
  looks = 0;
  #seen = new Map();
  #pages = ['/inbox?standard=HB-01&limit=100'];
  constructor(http, token) {
    this.http = http;
    this.token = token;
  }

  async readAll() {
    await this.look();
  }

  /** Case id → when it was first seen. Reads the last three pages on. */
  async look() {
    this.looks += 1;
    for (let at = Math.max(0, this.#pages.length - 3); at < this.#pages.length; at += 1) {
      const headers = { authorization: `Bearer ${await this.token()}` };
      const { status, headers: answered, json } = await this.http.ask('GET', this.#pages[at], { headers });
      if (status !== 200) throw new Error(`The inbox answers ${status}: ${JSON.stringify(json)}`);
      const now = performance.now();
      for (const { caseId } of json.items) if (!this.#seen.has(caseId)) this.#seen.set(caseId, now);
      const next = /<([^>]+)>; rel="next"/.exec(answered.link ?? '')?.[1];
      if (next !== undefined && at === this.#pages.length - 1) this.#pages.push(next);
    }
    return this.#seen;
  }

  close() {
    this.http.close();
  }
}
