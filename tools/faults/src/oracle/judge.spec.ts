import { judge } from './judge';
import { soundSystem, type Sound } from '../../test/sound';

type Snapshot = Sound['snapshot'];
const intakeLog = (s: Snapshot) => s.databases['intake']!.logs[0]!;
const topic = (s: Snapshot) => s.topics.get('garda.intake.v1')!;

/** One thing spoiled, and the rule that must see it. */
const planted: readonly [string, string, (sound: Sound) => void][] = [
  [
    'an acknowledged command that is not in the log',
    'acknowledged is in the log',
    ({ commands }) => {
      commands[0] = { ...commands[0]!, key: '00000000-0000-4000-8000-0000000000ff' };
    },
  ],
  [
    'a client told of another case',
    'acknowledged as it is',
    ({ commands }) => {
      commands[0]!.told = { kind: 'acknowledged', status: 201, stream: 'case-another' };
    },
  ],
  [
    'what is restricted in the open log',
    'each line holds its own',
    ({ commands }) => void delete (commands.at(-1) as { restricted?: true }).restricted,
  ],
  [
    'a reaction that is missing on the restricted line',
    'no reaction missing',
    ({ snapshot }) => {
      snapshot.databases['routing']!.logs[1]!.events[0]!.causationId = null;
    },
  ],
  [
    'a restricted consumer that stays behind',
    'cursors at the end',
    ({ snapshot }) => {
      const { cursors } = snapshot.databases['gateway']!;
      cursors.find(({ consumer }) => consumer === 'levy-file@2')!.seq = 0;
    },
  ],
  [
    'a restricted case among the open files',
    'a projection equals its log',
    ({ snapshot }) => {
      snapshot.caseFiles.at(-1)!.streamId = snapshot.caseFiles.at(-1)!.streamId.replace('levy', 'case');
    },
  ],
  [
    'a restricted case among those for all',
    'private stays private',
    ({ snapshot }) => void snapshot.publicCases.push('018f0000-0000-7000-8000-000000000003'),
  ],
  [
    'a client told of another version',
    'acknowledged as it is',
    ({ commands }) => {
      commands[0]!.told = {
        kind: 'acknowledged',
        status: 200,
        version: 7,
        stream: 'case-018f0000-0000-7000-8000-000000000001',
      };
    },
  ],
  [
    'a command that was refused and done',
    'refused is not in the log',
    ({ commands }) => {
      commands[0]!.told = { kind: 'refused', status: 409, code: 'CASE_NOT_OPEN' };
    },
  ],
  ['a command without an outcome', 'each command has an outcome', ({ commands }) => void delete commands[0]!.told],
  ['an answer 500', 'no answer 500', ({ commands }) => void commands[0]!.answers.unshift('500 INTERNAL')],
  ['a 503 without Retry-After', '503 says Retry-After', ({ commands }) => void (commands[0]!.silentBusy = 1)],
  ['a hole in the positions', 'positions dense', ({ snapshot }) => void (intakeLog(snapshot).events[1]!.position = 3)],
  ['a hole in the versions', 'versions dense', ({ snapshot }) => void (intakeLog(snapshot).events[1]!.version = 2)],
  [
    'a time that runs back',
    'recorded time never back',
    ({ snapshot }) => {
      intakeLog(snapshot).events[1]!.recordedAt = '2026-03-02T00:59:59.000000Z';
    },
  ],
  [
    'an event that is there twice',
    'each event once',
    ({ snapshot }) => {
      intakeLog(snapshot).events[1]!.eventId = intakeLog(snapshot).events[0]!.eventId;
    },
  ],
  [
    'a command that had its effect twice',
    'each command once',
    ({ snapshot }) => {
      const { events } = intakeLog(snapshot);
      events.push({ ...events[0]!, position: 3, version: 2, eventId: 'x' });
    },
  ],
  [
    'events without the row of their command',
    'nothing half there',
    ({ snapshot }) => void intakeLog(snapshot).commands.pop(),
  ],
  [
    'a row of a command without events',
    'nothing half there',
    ({ snapshot }) => {
      intakeLog(snapshot).commands.push({ commandId: 'x', streamId: 'case-x', version: 1, position: 9 });
    },
  ],
  [
    'events of a command that was refused for good',
    'nothing half there',
    ({ snapshot }) => void Object.assign(intakeLog(snapshot).commands[0]!, { version: 0, position: 0 }),
  ],
  [
    'an acknowledged command that was refused for good',
    'acknowledged is in the log',
    ({ snapshot }) => void Object.assign(intakeLog(snapshot).commands[0]!, { version: 0, position: 0 }),
  ],
  ['a record that is missing', 'each event is in its topic', ({ snapshot }) => void topic(snapshot).pop()],
  ['first occurrences out of order', 'first occurrences in order', ({ snapshot }) => void topic(snapshot).reverse()],
  [
    'a repeat with other bytes',
    'a repeat is the same bytes',
    ({ snapshot }) => {
      topic(snapshot).push({ ...topic(snapshot)[1]!, value: '{}', offset: 2 });
    },
  ],
  ['a record that is not its row', 'a record is its row', ({ snapshot }) => void (topic(snapshot)[0]!.value = '{}')],
  [
    'a record of nobody',
    'nothing but the log is in its topic',
    ({ snapshot }) => {
      const last = topic(snapshot)[1]!;
      topic(snapshot).push({ ...last, offset: 2, headers: { ...last.headers, seq: '3' } });
    },
  ],
  [
    'a reaction that is missing',
    'no reaction missing',
    ({ snapshot }) => {
      snapshot.databases['routing']!.logs[0]!.events[1]!.causationId = null;
    },
  ],
  [
    'a reaction twice',
    'each reaction once',
    ({ snapshot }) => {
      const { events } = snapshot.databases['routing']!.logs[0]!;
      events[1]!.causationId = events[0]!.causationId;
    },
  ],
  [
    'a cursor that is behind',
    'cursors at the end',
    ({ snapshot }) => void (snapshot.databases['gateway']!.cursors[0]!.seq = 1),
  ],
  [
    'a cursor that went back',
    'a cursor only moves forward',
    ({ snapshot }) => {
      snapshot.databases['routing']!.moves.push({
        what: 'cursor',
        place: 'x',
        was: 2,
        became: 1,
        revisionWas: 1,
        revisionBecame: 2,
      });
    },
  ],
  [
    'a checkpoint that went back',
    'a checkpoint only moves forward',
    ({ snapshot }) => {
      snapshot.databases['intake']!.moves.push({
        what: 'checkpoint',
        place: 'x',
        was: 2,
        became: 1,
        revisionWas: null,
        revisionBecame: null,
      });
    },
  ],
  [
    'a parked record',
    'nothing parked',
    ({ snapshot }) => {
      snapshot.databases['gateway']!.parked.push({ consumer: 'case-file@6', key: 'x', errorCode: null });
    },
  ],
  [
    'a projection that is behind',
    'projections at the head',
    ({ snapshot }) => void (snapshot.databases['intake']!.projections[0]!.position = 1),
  ],
  [
    'an event that was not relayed',
    'all is relayed',
    ({ snapshot }) => void (intakeLog(snapshot).checkpoint!.position = 1),
  ],
  [
    'a case state that is behind',
    'a projection equals its log',
    ({ snapshot }) => void (snapshot.databases['routing']!.states[0]!.version = 0),
  ],
  ['a case file that is behind', 'a projection equals its log', ({ snapshot }) => void snapshot.caseFiles.pop()],
  [
    'a case file that folded something else',
    'one fold everywhere',
    ({ snapshot }) => {
      snapshot.caseFiles[0]!.sections['intake']!.state = '{"status":"closed"}';
    },
  ],
  [
    'a line that is missing in the timeline',
    'the timeline has each event once',
    ({ snapshot }) => void snapshot.timeline.pop(),
  ],
  [
    'a line too many in the timeline',
    'the timeline has each event once',
    ({ snapshot }) => void snapshot.timeline.push('x/intake/9/y'),
  ],
  [
    'a private case that is shown',
    'private stays private',
    ({ snapshot }) => {
      const log = intakeLog(snapshot);
      log.events[0]!.data = log.events[0]!.data.replace('"public"', '"private"');
    },
  ],
  ['a public case that is not shown', 'a projection equals its log', ({ snapshot }) => void snapshot.publicCases.pop()],
];

describe('the oracle', () => {
  it('finds nothing in a system where all is well', () => {
    const { commands, snapshot } = soundSystem();
    expect(judge(commands, snapshot, 1)).toEqual([]);
    intakeLog(snapshot).commands.push({ commandId: 'barred', streamId: 'case-x', version: 0, position: 0 });
    expect(judge(commands, snapshot, 1)).toEqual([]);
  });

  it.each(planted)('sees %s', (_, rule, plant) => {
    const sound = soundSystem();
    plant(sound);
    expect(judge(sound.commands, sound.snapshot, 1).map((one) => one.rule)).toContain(rule);
  });
});
