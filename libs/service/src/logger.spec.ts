import { createLog, nestLogger } from './logger';

function lines(level?: string) {
  const written: string[] = [];
  const log = createLog({ service: 'intake', level }, { write: (line) => void written.push(line) });
  return {
    log,
    all: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(),
  };
}

describe('the log', () => {
  it('is JSON that says who, when, how bad and where in the request', () => {
    const { log, all } = lines();
    log.info({ method: 'POST', route: '/cases', status: 201, durationMs: 3, correlationId: 'c' }, 'answered');
    expect(all()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/Z$/),
        service: 'intake',
        method: 'POST',
        route: '/cases',
        status: 201,
        durationMs: 3,
        correlationId: 'c',
        msg: 'answered',
      },
    ]);
  });

  it('drops every field that is not on its list, in a line and in a child', () => {
    const { log, text } = lines();
    log.info({ body: 'Siti', headers: { cookie: 'Siti' }, url: '/x?name=Siti', remoteAddress: 'Siti' }, 'answered');
    log.child({ person: 'Siti', topic: 'garda.intake.v1' }).warn('x');
    expect(text()).not.toContain('Siti');
    expect(text()).toContain('garda.intake.v1');
  });

  it('tells kind, code and place of an error, never its words', () => {
    const { log, all, text } = lines();
    const cause = new TypeError('also Siti');
    const error = Object.assign(new Error('invalid input syntax: "Siti"', { cause }), {
      code: '22P02',
      detail: 'Siti',
    });
    log.error({ err: error }, 'not foreseen');
    expect(text()).not.toContain('Siti');
    expect(all()[0]?.err).toMatchObject({ type: 'Error', code: '22P02', cause: { type: 'TypeError' } });
    expect(JSON.stringify(all()[0]?.err)).toContain('logger.spec.ts');
  });

  it('borrows no words from an error that is logged without any', () => {
    const { log, all } = lines();
    log.error(new Error('Siti'));
    log.error({ err: new Error('Siti') });
    expect(all().map(({ msg }) => msg)).toEqual(['error', 'no words']);
  });

  it('shows the words of an error to a developer who asks for debug', () => {
    const { log, all } = lines('debug');
    log.error({ err: new Error('why') }, 'x');
    expect(all()[0]?.err).toMatchObject({ message: 'why' });
  });

  it('lets Nest speak through it, with errors as errors', () => {
    const { log, all, text } = lines();
    nestLogger(log).error(new Error('Siti'), 'stack of Siti', 'Router');
    nestLogger(log).warn('careful', 'Router');
    nestLogger(log).log('a route was mapped', 'Router');
    expect(all().map(({ level, context }) => [level, context])).toEqual([
      ['error', 'Router'],
      ['warn', 'Router'],
    ]);
    expect(text()).not.toContain('Siti');
  });
});
