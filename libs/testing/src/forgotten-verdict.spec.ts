import { runInNewJest } from './jest-in-jest';

describe('a spec without a verdict', () => {
  it('fails', () => {
    const said = runInNewJest(`
      import { specFor } from '@garda/testing';
      it('judges', () => specFor({ initial: 0, evolve: (n) => n }).given().when(() => []).thenNothing());
      it('forgets to judge', () => void specFor({ initial: 0, evolve: (n) => n }).given().when(() => []));
    `);
    expect(said).toMatch(/this spec says nothing/);
    expect(said).toMatch(/1 failed, 1 passed/);
  }, 60_000);
});
