import { writeFileSync } from 'node:fs';
import { LoginError } from '@garda/service';
import { program, type Command } from 'commander';
import { checkCatalogue, compareCatalogue, publishCatalogue } from './commands/catalogue';
import { adoptLogs, renewTopic, rewindTopic, verifyLogs } from './commands/healing';
import { createApiKey, listStreams, moveClock, printToken, retryStream, skipStream } from './commands/operations';
import { outputTo } from './commands/output';
import { reportCommands } from './commands/reports';
import { TopicCommands } from './commands/topic';
import { ProjectionCommands } from './commands/projections';
import { demoReport } from './demo/report';
import { runDemo } from './demo/run';
import { HttpError } from './http';
import { importReport } from './import/report';
import { runImport } from './import/run';
import { NoInstanceError, openInstance, type Instance } from './instance';
import { runJourneys } from './journeys/run';
import { NotQuietError } from './quiet';
import { sceneReport } from './stories/report';

const out = outputTo(process.stdout);
const instance = (): Instance => openInstance(process.env);

program.name('garda').description('The operator’s command line: everything over HTTP, with the rights of roles.yaml.');

function catalogueCommands(parent: Command): void {
  parent
    .command('check <folder>')
    .description('read and check a folder of data; publish nothing')
    .action((folder: string) => void (process.exitCode = checkCatalogue(folder, out)));
  parent
    .command('diff <folder>')
    .description('what publishing a folder would change against what is published; publish nothing')
    .option('--as <person>', 'a person of the quality unit; without it the program setup')
    .option('--json', 'for a program')
    .action(async (folder: string, { as, json }: { as?: string; json?: boolean }) => {
      process.exitCode = await compareCatalogue(folder, { instance: instance(), person: as, json }, out);
    });
  parent
    .command('publish <folder>')
    .description('publish a folder of data as facts')
    .option('--as <person>', 'demo person of the quality unit; without it the program setup, while the log is empty')
    .action(async (folder: string, { as }: { as?: string }) => {
      process.exitCode = await publishCatalogue(folder, { instance: instance(), person: as }, out);
    });
}
catalogueCommands(program.command('catalogue').description('units, standards, policy, calendar'));

program
  .command('clock')
  .description('the clock of the cases')
  .command('move')
  .description('forward only; not in production')
  .option('--to <instant>', 'ISO 8601 with zone')
  .option('--by <span>', 'such as 10d or 4h')
  .action(moveClock);

program
  .command('apikey')
  .description('keys for Open311 clients')
  .command('create')
  .description('make a key; it is shown once and kept as a hash')
  .option('--name <name>', 'whose key it is', 'open311')
  .action(({ name }: { name: string }) => createApiKey(name));

const streams = program.command('streams').description('cases whose facts a consumer holds back');
streams.command('list').description('held keys of every service').action(listStreams);
streams
  .command('retry')
  .description('try the facts of a held key again, in order')
  .requiredOption('--service <name>')
  .requiredOption('--consumer <name>')
  .requiredOption('--topic <name>')
  .requiredOption('--key <case>')
  .action(retryStream);

streams
  .command('skip <service> <consumer> <topic> <key>')
  .description('take the first held fact of a key away unapplied; the facts behind it go on')
  .requiredOption('--reason <words>', 'kept for ever with who and when: name no citizen')
  .action((service: string, consumer: string, topic: string, key: string, { reason }: { reason: string }) =>
    skipStream({ service, consumer, topic, key, reason }),
  );

const log = program.command('log').description('the logs of the services, and their topics');
log
  .command('verify')
  .description('walk logs and topics and say the first wrong position; changes nothing')
  .option('--service <name>', 'intake, routing or resolution; all without it')
  .action(async ({ service }: { service?: string }) => {
    process.exitCode = await verifyLogs(instance(), service, out);
  });
log
  .command('adopt')
  .description('take facts that a log lost (TOPIC_AHEAD_OF_LOG) back from its topic')
  .option('--service <name>', 'intake, routing or resolution; all that need it without it')
  .action(async ({ service }: { service?: string }) => {
    process.exitCode = await adoptLogs(instance(), service, out);
  });

program
  .command('relay')
  .description('from logs to topics')
  .command('rewind <topic> <position>')
  .description('send everything from this position on again; 0 is everything')
  .action((topic: string, position: string) => rewindTopic(instance(), topic, position, out));

const projections = program
  .command('projections')
  .description('read models: list them, or replace one while it answers')
  .action(() => new ProjectionCommands(instance(), out).list());
projections
  .command('rebuild <service> <projection>')
  .description('fill a new build beside the live one, and tell how it goes')
  .action((service: string, projection: string) =>
    new ProjectionCommands(instance(), out).rebuild({ service, projection }),
  );
for (const [action, says] of [
  ['pause', 'hold the new build'],
  ['resume', 'let the new build go on'],
  ['abandon', 'forget the new build'],
  ['switch', 'the new build answers from now on'],
  ['drop', 'remove what was replaced'],
] as const)
  projections
    .command(`${action} <service> <projection>`)
    .description(says)
    .action((service: string, projection: string) =>
      new ProjectionCommands(instance(), out).step({ service, projection }, action),
    );
projections
  .command('compare <service> <projection>')
  .description('rows and digest of both builds at one position')
  .action(async (service: string, projection: string) => {
    process.exitCode = await new ProjectionCommands(instance(), out).compare({ service, projection });
  });

const topics = program.command('topic').description('what services tell each other');
topics
  .command('close <topic>')
  .description('carry nothing more into a topic, and wait until every consumer has applied what is in it')
  .option('--wait <seconds>', 'then it is opened again as it was', '120')
  .action(async (topic: string, { wait }: { wait: string }) => {
    process.exitCode = await new TopicCommands(instance(), out).close(topic, wholeNumber(wait) * 1000);
  });
topics
  .command('open <topic>')
  .description('go on filling a closed topic')
  .option('--partitions <n>', 'it was made again, empty, with so many')
  .action(async (topic: string, { partitions }: { partitions?: string }) => {
    const count = partitions === undefined ? undefined : wholeNumber(partitions);
    process.exitCode = await new TopicCommands(instance(), out).open(topic, count);
  });
topics
  .command('partitions <topic> <n>')
  .description('close, make again with so many partitions, open: by `npm run garda`, where Kafka is ours')
  .action(() => {
    throw new Error(
      'Only `npm run garda -- topic partitions` can: it needs the administrator of the Kafka that it started.',
    );
  });
topics
  .command('renew <topic>')
  .description('fill a topic that was lost and made again, empty, with as many partitions')
  .action(async (topic: string) => void (process.exitCode = await renewTopic(instance(), topic, out)));

reportCommands(program.command('report').description('what a head reads'), { instance, out });

program
  .command('token <person>')
  .description('a bearer token of a demo person (staff.demo.yaml), signed in as a browser would')
  .action(printToken);

program
  .command('demo')
  .description('play the demo’s cases and compare each with what was expected')
  .option('--json', 'a summary as the last line')
  .action(async ({ json }: { json?: boolean }) => {
    const result = await runDemo(instance(), out.line);
    out.line(demoReport(result));
    const { events, mismatches, seconds } = result;
    if (json === true) out.json({ cases: result.cases.length, events, mismatches, seconds });
    process.exitCode = mismatches === 0 ? 0 : 1;
  });

program
  .command('journeys')
  .description(
    'play the journeys of persons through the house, in a fresh instance of the demo, and say what each showed',
  )
  .option('--json', 'a summary as the last line')
  .action(async ({ json }: { json?: boolean }) => {
    const journeys = await runJourneys(instance(), out.line);
    out.line(journeys.map(sceneReport).join('\n'));
    const wrong = journeys.reduce((sum, journey) => sum + journey.wrong, 0);
    if (json === true) out.json({ journeys: journeys.length, wrong });
    process.exitCode = wrong === 0 ? 0 : 1;
  });

program
  .command('import <file>')
  .description('replay another city’s Open311 requests with their notes, and compare what Open311 then shows')
  .option('--json', 'a summary as the last line')
  .option('--report <file>', 'write the comparison, case by case, as JSON')
  .action(async (file: string, { json, report }: { json?: boolean; report?: string }) => {
    const result = await runImport(instance(), file, out.line);
    out.line(importReport(result));
    if (report !== undefined) writeFileSync(report, `${JSON.stringify(result, null, 2)}\n`);
    const { requests, notes, events, unexpressed, mismatches, seconds } = result;
    if (json === true) out.json({ cases: requests, notes, events, unexpressed, mismatches, seconds });
    process.exitCode = mismatches === 0 ? 0 : 1;
  });

function wholeNumber(words: string): number {
  if (!/^[1-9]\d{0,8}$/.test(words)) throw new Error(`A whole number above 0, not "${words}".`);
  return Number(words);
}

program.parseAsync().catch((error: unknown) => {
  // What a person can act on is one sentence; anything else is a bug and keeps its stack.
  const known = [HttpError, NoInstanceError, NotQuietError, LoginError].some((kind) => error instanceof kind);
  const plain = error instanceof Error && error.constructor === Error;
  console.error(known || plain ? (error as Error).message : error);
  process.exitCode = 1;
});
