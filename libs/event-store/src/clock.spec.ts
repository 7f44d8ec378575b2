import { withLogs } from '../test/database';
import { aRequest } from '../test/requests';
import { EventLog } from './event-log';

const database = withLogs();
const move = (ahead: string) => database().pool.query('update clock.case_clock set ahead = $1', [ahead]);
const day = 86_400_000;

describe('recorded_at', () => {
  it('is the case clock, taken in the append, and never runs backwards', async () => {
    const log = new EventLog({ pool: database().pool });
    await log.append(aRequest('a'));
    await move('60 days');
    await log.append(aRequest('b'));
    await Promise.all([log.append(aRequest('c')), log.append(aRequest('d')), log.append(aRequest('e'))]);
    await move('0');
    await log.append(aRequest('f'));
    await Promise.all([log.append(aRequest('g')), log.append(aRequest('h')), log.append(aRequest('i'))]);
    const times = (await log.readFrom(0n, 100)).map((e) => e.recordedAt);
    expect(times).toEqual([...times].sort());
    const [a, b, ...rest] = times.map((t) => Date.parse(t)) as [number, number, ...number[]];
    expect(b - a).toBeGreaterThan(59.9 * day);
    expect(Math.max(...rest) - b).toBeLessThan(day);
    expect(times.every((t) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(t))).toBe(true);
    await log.close();
  });

  it('is what load tells a rule, in the past too', async () => {
    const log = new EventLog({ pool: database().pool });
    await move('-4000 days');
    const { now } = await log.load('nothing');
    expect(Math.abs(Date.parse(now) - (Date.now() - 4000 * day))).toBeLessThan(day / 12);
    expect((await log.loadMany([])).now.slice(0, 10)).toBe(now.slice(0, 10));
    await move('0');
  });
});
