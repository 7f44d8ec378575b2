import { createLog } from './logger';
import { Works } from './works';

const log = createLog({ service: 'spec', level: 'silent' });
const ended = async (works: Works, id: string) => {
  while (works.status(id).state === 'running') await new Promise((resolve) => setTimeout(resolve, 5));
  return works.status(id);
};

it('says how far it is, and what came of it', async () => {
  const works = new Works(log);
  let finish: (result: string) => void = () => undefined;
  const { id } = works.start('walk', async (report) => {
    report(3, 10);
    return new Promise((resolve) => (finish = resolve));
  });
  expect(works.status(id)).toMatchObject({ kind: 'walk', state: 'running', done: 3, of: 10 });
  expect(() => works.start('walk', async () => 1)).toThrow(expect.objectContaining({ code: 'WORK_UNDER_WAY' }));
  finish('all well');
  expect(await ended(works, id)).toMatchObject({ state: 'done', result: 'all well' });
  expect(await ended(works, works.start('walk', async () => 2).id)).toMatchObject({ result: 2 });
});

it('tells why it failed by a code, and in words only where they are known to be harmless', async () => {
  const harmless = Object.assign(new Error('position 7'), { code: 'LOG_FORKED' });
  const works = new Works(log, (error) => error === harmless);
  const fail = (error: Error) => works.start('walk', () => Promise.reject(error)).id;
  expect((await ended(works, fail(harmless))).error).toEqual({ code: 'LOG_FORKED', detail: 'position 7' });
  expect((await ended(works, fail(new TypeError('Siti’s telephone')))).error).toEqual({ code: 'TypeError' });
});

it('is broken off when the process stops, and forgotten after twenty others', async () => {
  const works = new Works(log);
  const { id: first } = works.start('walk', async () => 0);
  await ended(works, first);
  for (let i = 0; i < 20; i += 1) await ended(works, works.start('walk', async () => i).id);
  expect(() => works.status(first)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  const { id } = works.start('walk', (_, signal) => {
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  });
  await works.stop();
  expect(works.status(id).state).toBe('failed');
});
