import { anyPort } from '@garda/servers';
import { existsSync } from 'node:fs';
import { World } from './world';

/** Whatever services come to need in their environment, a world must give it too: no fault can be tried without one. */
it('a world starts with every service ready, is healed, and leaves nothing', async () => {
  const world = await World.start('usual', () => undefined);
  try {
    expect(world.services.all.map(({ id }) => id).sort()).toEqual([
      'gateway',
      'identity',
      'intake',
      'resolution',
      'routing',
    ]);
    const second = await world.services.start('intake', { id: 'intake-2', port: await anyPort() });
    expect((await fetch(`${second.url}/health/ready`)).status).toBe(200);
    await world.services.stop('intake-2');
    await world.services.stop('routing', 'SIGKILL');
    await world.services.start('routing');
    await world.heal();
  } finally {
    await world.stop(false);
  }
  expect(existsSync(world.folder)).toBe(false);
}, 300_000);
