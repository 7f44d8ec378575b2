import { Random, seedOf } from './random';

describe('chance', () => {
  it('repeats itself by its seed', () => {
    const take = (seed: number) => {
      const random = new Random(seed);
      return [random.next(), random.between(1, 6), random.uuid(), random.pick(['a', 'b', 'c'])];
    };
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
  });

  it('makes keys that anonymous callers may use: UUIDs of version 4', () => {
    expect(new Random(1).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('gives each run of each fault a seed of its own', () => {
    const seeds = ['kill-intake', 'broker-gone'].flatMap((fault) => [1, 2].map((run) => seedOf(3, fault, run)));
    expect(new Set(seeds).size).toBe(4);
  });
});
