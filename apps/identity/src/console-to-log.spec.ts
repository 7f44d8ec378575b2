import { createLog } from '@garda/service';
import { consoleToLog } from './console-to-log';

describe('what a library says to the console', () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog(
    { service: 'identity' },
    { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  let back: () => void;
  beforeEach(() => {
    lines.length = 0;
    back = consoleToLog(log);
  });
  afterEach(() => back());

  it('is a line of the log, at its level', () => {
    console.warn('oidc-provider WARNING: not for production');
    console.info('oidc-provider NOTICE: something is as it was');
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'oidc-provider WARNING: not for production'],
      ['info', 'oidc-provider NOTICE: something is as it was'],
    ]);
  });

  it('is not shown when it is no words', () => {
    console.error({ name: 'Siti' });
    expect(lines).toEqual([expect.objectContaining({ level: 'error', msg: 'something without words' })]);
    expect(JSON.stringify(lines)).not.toContain('Siti');
  });

  it('goes to the console again after', () => {
    back();
    const said = jest.spyOn(console, 'warn').mockReturnValue(undefined);
    console.warn('plain');
    expect([said.mock.calls, lines]).toEqual([[['plain']], []]);
    said.mockRestore();
  });
});
