import fc from 'fast-check';
import { commandId, keyHash, newEventId } from './ids';

describe('commandId', () => {
  it('is the same for the same parts, for ever', () => {
    expect(commandId('citizen', 'POST /cases', 'k')).toBe('bc8fcbaa-74d1-5366-945b-3994d19e4ed5');
  });

  it('keeps lists of parts apart', () => {
    expect(commandId('a', 'bc')).not.toBe(commandId('ab', 'c'));
    expect(commandId('a,b')).not.toBe(commandId('a', 'b'));
  });
});

describe('keyHash', () => {
  it('is what it was when the first event was stored', () => {
    expect([keyHash(''), keyHash('case-1'), keyHash('Kecamatan Bandar ☎')]).toEqual([
      18_619_609, 158_770_121, 1_283_862_984,
    ]);
  });

  it('is a non-negative 32-bit number', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (key) => keyHash(key) >= 0 && keyHash(key) <= 0x7fffffff));
  });

  it('spreads case ids over partitions', () => {
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 8000; i += 1) {
      const at = keyHash(newEventId()) % 4;
      counts[at] = (counts[at] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(300);
  });
});

it('event ids grow with time', () => {
  const ids = Array.from({ length: 100 }, newEventId);
  expect(ids).toEqual([...ids].sort());
});
