import type { NewEvent, RecordedEvent } from '@garda/contracts';
import { specFor } from './given-when-then';

interface Lamp {
  readonly on: boolean;
  readonly switched: number;
}

const lampFold = {
  initial: { on: false, switched: 0 } as Lamp,
  evolve: (lamp: Lamp, event: RecordedEvent): Lamp => ({
    on: event.type === 'SwitchedOn',
    switched: lamp.switched + 1,
  }),
};

const event = (type: string, data: object = {}): NewEvent => ({ type, schemaVersion: 1, data });

class RefusedByLamp extends Error {
  readonly code = 'LAMP_IS_ON';
}

const switchOn = (lamp: Lamp): NewEvent[] => {
  if (lamp.on) {
    throw new RefusedByLamp();
  }
  return [event('SwitchedOn', { nth: lamp.switched + 1 })];
};

const spec = specFor(lampFold);

describe('given / when / then', () => {
  it('folds what is given, in order', () => {
    expect(spec.given(event('SwitchedOn'), event('SwitchedOff')).state()).toEqual({ on: false, switched: 2 });
  });

  it('passes for exactly the events of the rule', () => {
    spec
      .given()
      .when(switchOn)
      .then({ type: 'SwitchedOn', data: { nth: 1 } });
    spec
      .given(event('SwitchedOn'), event('SwitchedOff'))
      .when(switchOn)
      .then(event('SwitchedOn', { nth: 3 }));
  });

  it('passes for a refusal by its code, and for nothing', () => {
    spec.given(event('SwitchedOn')).when(switchOn).thenRefused('LAMP_IS_ON');
    spec
      .given()
      .when(() => [])
      .thenNothing();
  });
});

describe('given / when / then can fail', () => {
  const both = (): NewEvent[] => [event('A'), event('B')];

  it('for another order', () => {
    expect(() => spec.given().when(both).then(event('B'), event('A'))).toThrow();
  });

  it('for an event too few or too many', () => {
    expect(() => spec.given().when(both).then(event('A'))).toThrow();
    expect(() => spec.given().when(both).then(event('A'), event('B'), event('C'))).toThrow();
  });

  it('for other data and another version', () => {
    expect(() =>
      spec
        .given()
        .when(switchOn)
        .then(event('SwitchedOn', { nth: 2 })),
    ).toThrow();
    expect(() =>
      spec
        .given()
        .when(switchOn)
        .then({ ...event('SwitchedOn', { nth: 1 }), schemaVersion: 2 }),
    ).toThrow();
  });

  it('for events where nothing was expected', () => {
    expect(() => spec.given().when(both).thenNothing()).toThrow();
  });

  it('for another code, and when nothing was refused', () => {
    const on = spec.given(event('SwitchedOn'));
    expect(() => on.when(switchOn).thenRefused('LAMP_IS_BROKEN')).toThrow();
    expect(() => spec.given().when(switchOn).thenRefused('LAMP_IS_ON')).toThrow(/not refused: SwitchedOn/);
  });

  it('for a refusal where events were expected: the refusal itself is thrown', () => {
    expect(() => spec.given(event('SwitchedOn')).when(switchOn).then(event('SwitchedOn'))).toThrow(RefusedByLamp);
  });

  it('for a fault of the rule, which is not a refusal', () => {
    const broken = (): NewEvent[] => {
      throw new TypeError('undefined is not a lamp');
    };
    expect(() => spec.given().when(broken).thenRefused('LAMP_IS_ON')).toThrow(TypeError);
  });
});
