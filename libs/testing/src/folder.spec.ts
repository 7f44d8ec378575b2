import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from './folder';

describe('a folder for a spec', () => {
  const used: string[] = [];

  describe('while its tests run', () => {
    const folder = withFolder('spec');
    it('is there and empty', () => {
      expect(readdirSync(folder())).toEqual([]);
      writeFileSync(join(folder(), 'left.txt'), 'x');
      used.push(folder());
    });
  });

  it('is gone after, with what is in it', () => {
    expect(used.map((one) => existsSync(one))).toEqual([false]);
  });
});
