import { makeTopicsAndRights, runOperator, usualPartitions } from '@garda/servers';
import { get } from '../world/get';
import { until } from '../world/process';
import type { World } from '../world/world';
import { demand, type Fault } from './fault';

/** What an operator does on purpose, under load: nobody may notice but by the numbers. */
async function operate(world: World, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runOperator(world.folder, args, true);
  demand(code === 0, `garda ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
}

/** The one move back that was ordered: what else goes back stays to be judged. */
async function ordered({ postgres }: World, of: 'intake' | 'resolution', topic: string): Promise<void> {
  const taken = `delete from watched.moves where what = 'checkpoint' and place = $1 and became = 0 returning id`;
  const { length } = await postgres.ask(of, taken, [topic]);
  demand(length === 1, `the checkpoint of ${topic} was set to its beginning ${length} times`);
}

/** Everything is sent once more, while new facts come behind it. */
const rewound: Fault = {
  name: 'relay-rewound',
  kind: 'cheap',
  strike: async ({ world }) => {
    const topic = 'garda.intake.v1';
    const head = `select position::int as position from log.relay_checkpoint where topic = $1`;
    const [at] = await world.postgres.ask<{ position: number }>('intake', head, [topic]);
    const sent = at?.position ?? 0;
    demand(sent > 0, 'nothing was relayed yet');
    const before = await world.kafka.recordsIn(topic);
    await operate(world, 'relay', 'rewind', topic, '0');
    const again = async (): Promise<boolean> => (await world.kafka.recordsIn(topic)) >= before + sent;
    await until('everything was sent once more', 60_000, again);
    await ordered(world, 'intake', topic);
    return { proof: `${sent} records were sent again`, heal: async () => undefined };
  },
};

/** A topic is gone while its log is whole: made again, empty, and filled from the log under the numbers it had. */
const lost: Fault = {
  name: 'topic-lost',
  kind: 'outage',
  strike: async ({ world }) => {
    const topic = 'garda.resolution.v1';
    await world.services.stop('resolution');
    const had = await world.kafka.recordsIn(topic);
    await world.kafka.asAdmin((admin) => admin.deleteTopics({ topics: [topic] }));
    await until(`${topic} is gone`, 30_000, async () => {
      const left = await world.kafka.asAdmin((admin) => admin.listTopics());
      return !left.includes(topic);
    });
    const { brokers } = world.kafka;
    await makeTopicsAndRights(brokers, world.secrets.kafka.admin, { partitions: usualPartitions });
    demand((await world.kafka.recordsIn(topic)) === 0, 'the topic made again is not empty');
    const { url } = await world.services.start('resolution', { untilReady: false });
    const refused = async (): Promise<boolean> =>
      (await get(`${url}/health/ready`))?.text.includes('TOPIC_BEHIND_LOG') === true;
    await until('resolution takes no command', 60_000, refused);
    return {
      proof: `${had} records are gone, and resolution refused to go on`,
      heal: async () => {
        await operate(world, 'topic', 'renew', topic);
        await ordered(world, 'resolution', topic);
      },
    };
  },
};

export const operatorFaults: readonly Fault[] = [rewound, lost];
