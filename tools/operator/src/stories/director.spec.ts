import { playTogether, type House } from './director';
import { clock, round, type Step, type Story } from './step';

/** A house that writes down what is asked of it. */
function houseOf(heard: string[]): House {
  return {
    moveClock: (to) => Promise.resolve(heard.push(`clock ${to}`)),
    afterCommands: () => Promise.resolve(heard.push('rest')),
    afterClock: () => Promise.resolve(heard.push('rest after the clock')),
    say: () => undefined,
  };
}

async function* told(...steps: readonly Step[]): Story {
  for (const step of steps) yield await Promise.resolve(step);
}

describe('stories that are played together', () => {
  let heard: string[];
  const does = (what: string) => () => Promise.resolve(heard.push(what));
  beforeEach(() => void (heard = []));

  it('do in one round what each does next, and rest once', async () => {
    const first = told(round('a', does('a1'), does('a2')), round('b', does('a3')));
    await playTogether({ first, second: told(round('c', does('b1'))) }, houseOf(heard));
    expect(heard).toEqual(['a1', 'a2', 'b1', 'rest', 'a3', 'rest']);
  });

  it('find the time that each asked for, the earliest first, when nobody has anything left to do before it', async () => {
    const early = told(clock('2026-03-03T08:00:00+07:00', 'x'), round('y', does('on the third')));
    const late = told(
      round('z', does('now')),
      clock('2026-03-04T08:00:00+07:00', 'x'),
      round('y', does('on the fourth')),
    );
    await playTogether({ late, early }, houseOf(heard));
    expect(heard.filter((line) => !line.startsWith('rest'))).toEqual([
      'now',
      'clock 2026-03-03T08:00:00+07:00',
      'on the third',
      'clock 2026-03-04T08:00:00+07:00',
      'on the fourth',
    ]);
  });

  it('share a move of the clock to one instant, whatever zone it was written in', async () => {
    const here = told(clock('2026-03-03T08:00:00+07:00', 'x'), round('y', does('here')));
    const there = told(clock('2026-03-03T01:00:00Z', 'x'), round('y', does('there')));
    await playTogether({ here, there }, houseOf(heard));
    expect(heard.filter((line) => line.startsWith('clock'))).toHaveLength(1);
  });

  it('end with the first failure, after the others of its round, and no story goes on', async () => {
    const fails = told(
      round('a', () => Promise.reject(new Error('refused'))),
      round('b', does('never')),
    );
    const other = told(round('c', does('done all the same')), round('d', does('never')));
    await expect(playTogether({ fails, other }, houseOf(heard))).rejects.toThrow('refused');
    expect(heard).toEqual(['done all the same']);
  });
});
