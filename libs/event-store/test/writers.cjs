// A process of writers for writers.spec.ts: URL SCHEMA WRITERS MILLISECONDS SEED. Prints a line per answered command.
const { transformSync } = require('@swc/core');
const { readFileSync } = require('node:fs');
const { createHash } = require('node:crypto');

require.extensions['.ts'] = (module, filename) => {
  const options = {
    filename,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
const { EventLog } = require('../src/event-log.ts');
const { openPool } = require('../src/pool.ts');
const { anEvent, aRequest } = require('./requests.ts');

const [url, schema, writers, milliseconds, seed] = process.argv.slice(2);
const until = Date.now() + Number(milliseconds);
let draws = 0;
const draw = (below) => createHash('sha256').update(`${seed}-${draws++}`).digest().readUInt32BE(0) % below;

async function write(logs) {
  while (Date.now() < until) {
    const streamId = draw(3) > 0 ? `hot-${draw(8)}` : `cold-${draw(200)}`;
    const events = Array.from({ length: 1 + draw(3) }, () => anEvent({ n: draws }));
    const version = (await logs[0].load(streamId)).events.length;
    const request = aRequest(streamId, { expected: draw(2) ? version : -1, events, result: { from: seed } });
    // The same command from two batchers at once, now and then.
    const asked = draw(5) === 0 ? logs : [logs[draw(2)]];
    const answers = await Promise.all(asked.map((log) => log.append(request)));
    for (const answer of answers) {
      const line = { ...answer, position: String(answer.position ?? ''), streamId, command: request.commandId };
      process.stdout.write(`${JSON.stringify({ ...line, ids: events.map((e) => e.eventId) })}\n`);
    }
  }
}

async function main() {
  const pool = openPool(url, { max: 6 });
  const logs = [new EventLog({ pool, schema }), new EventLog({ pool, schema })];
  process.stdout.write('ready\n');
  await Promise.all(Array.from({ length: Number(writers) }, () => write(logs)));
  await pool.end();
}
main();
