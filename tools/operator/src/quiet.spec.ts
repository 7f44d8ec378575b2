import { NotQuietError, unsettled, waitUntilQuiet, type SystemProgress } from './quiet';

type Service = SystemProgress['services'][string];
const service = (context: string, hears: readonly string[], more: Partial<Service> = {}): Service => ({
  log: { head: '7', relayed: { [`garda.${context}.v1`]: { position: '7', seqs: ['3', '4', '0', '0'] } } },
  hears: [{ name: 'facts@1', topics: hears.map((one) => `garda.${one}.v1`) }],
  consumers: hears.flatMap((one) => [
    { consumer: 'facts@1', topic: `garda.${one}.v1`, partition: 0, seq: '3' },
    { consumer: 'facts@1', topic: `garda.${one}.v1`, partition: 1, seq: '4' },
  ]),
  parked: 0,
  waiting: 0,
  projections: [{ projection: 'case_state', version: 1, log: 'log', position: '7' }],
  caseTime: '2026-03-02T01:00:00Z',
  ...more,
});
const restrictedLog = (head: string, position: string) => ({
  head,
  relayed: { 'garda.intake.restricted.v1': { position, seqs: ['2'] } },
});
const system = (more: { [name: string]: Partial<Service> } = {}): SystemProgress => ({
  services: {
    intake: service('intake', ['resolution'], more['intake']),
    routing: service('routing', ['intake', 'resolution'], more['routing']),
    resolution: service('resolution', ['intake', 'routing'], more['resolution']),
    gateway: { ...service('', ['intake', 'routing', 'resolution']), log: undefined, ...more['gateway'] },
  },
});

describe('what is still on its way', () => {
  it('is nothing when every number agrees', () => {
    expect(unsettled(system())).toEqual([]);
  });

  it.each<[string, { [name: string]: Partial<Service> }]>([
    [
      'intake: garda.intake.v1 relayed to 6 of 7',
      { intake: { log: { head: '7', relayed: { 'garda.intake.v1': { position: '6', seqs: ['3', '4', '0', '0'] } } } } },
    ],
    [
      'intake: facts@1 at 2 of garda.resolution.v1/0',
      {
        intake: {
          consumers: [
            { consumer: 'facts@1', topic: 'garda.resolution.v1', partition: 0, seq: '2' },
            { consumer: 'facts@1', topic: 'garda.resolution.v1', partition: 1, seq: '4' },
          ],
        },
      },
    ],
    [
      'intake: facts@1 has not read garda.resolution.v1/1',
      { intake: { consumers: [{ consumer: 'facts@1', topic: 'garda.resolution.v1', partition: 0, seq: '3' }] } },
    ],
    [
      'intake: news@1 has not read garda.resolution.v1/0',
      {
        intake: {
          hears: [
            { name: 'facts@1', topics: ['garda.resolution.v1'] },
            { name: 'news@1', topics: ['garda.resolution.v1'] },
          ],
          consumers: [
            { consumer: 'facts@1', topic: 'garda.resolution.v1', partition: 0, seq: '3' },
            { consumer: 'facts@1', topic: 'garda.resolution.v1', partition: 1, seq: '4' },
            { consumer: 'news@1', topic: 'garda.resolution.v1', partition: 1, seq: '4' },
          ],
        },
      },
    ],
    ['routing: 2 keys wait for an earlier fact', { routing: { parked: 2, waiting: 2 } }],
    [
      'routing: due at 5 of 7',
      { routing: { projections: [{ projection: 'due', version: 1, log: 'log', position: '5' }] } },
    ],
  ])('%s', (words, more) => {
    expect(unsettled(system(more))).toEqual([words]);
  });

  it.each<[string, { [name: string]: Partial<Service> }]>([
    ['intake: garda.intake.restricted.v1 relayed to 1 of 2', { intake: { restricted: restrictedLog('2', '1') } }],
    [
      'routing: levy@1 has not read garda.intake.restricted.v1/0',
      {
        intake: { restricted: restrictedLog('2', '2') },
        routing: { hears: [{ name: 'levy@1', topics: ['garda.intake.restricted.v1'] }], consumers: [] },
      },
    ],
    [
      'intake: levy_state at 1 of 2',
      {
        intake: {
          restricted: restrictedLog('2', '2'),
          projections: [{ projection: 'levy_state', version: 1, log: 'log_restricted', position: '1' }],
        },
      },
    ],
  ])('on the restricted line: %s', (words, more) => {
    expect(unsettled(system(more))).toEqual([words]);
  });
});

describe('waiting for quiet', () => {
  it('wants the same numbers twice', async () => {
    const moved = system({
      intake: {
        log: { head: '8', relayed: { 'garda.intake.v1': { position: '8', seqs: ['3', '4', '0', '0'] } } },
        projections: [],
      },
    });
    const answers = [system(), moved, moved, system()];
    let asked = 0;
    const end = await waitUntilQuiet(async () => answers[asked++] ?? system());
    expect(asked).toBe(3);
    expect(end).toBe(moved);
  });

  it('is given up at once when a key is held, and in time when something never settles', async () => {
    await expect(waitUntilQuiet(async () => system({ routing: { parked: 2, waiting: 1 } }))).rejects.toThrow(
      'held keys: routing 2',
    );
    const stuck = async () => system({ intake: { consumers: [] } });
    await expect(waitUntilQuiet(stuck, 100)).rejects.toThrow(NotQuietError);
  });
});
