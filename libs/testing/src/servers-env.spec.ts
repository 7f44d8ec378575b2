import { testPostgres, testPrincipal } from './servers-env';

describe('where the servers for tests are', () => {
  const before = process.env['GARDA_TEST_PG'];
  afterEach(() => {
    process.env['GARDA_TEST_PG'] = before;
  });

  it('is said with what to do when it is not set', () => {
    delete process.env['GARDA_TEST_PG'];
    expect(() => testPostgres()).toThrow(/node tools\/test.mjs/);
  });

  it('knows the principals of the services and no others', () => {
    expect(testPrincipal('analyst')).toMatchObject({
      username: 'analyst',
      password: expect.stringMatching(/^\w{20,}$/),
    });
    expect(() => testPrincipal('nobody')).toThrow(/"nobody"/);
  });
});
