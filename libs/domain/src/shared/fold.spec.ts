import { ReferenceMissing } from './catalogue';
import { NotKnownYet, UnknownFactError } from './fold';

it.each([
  ['a fact that no rule knows', () => new UnknownFactError('CaseEaten'), 'UnknownFactError', 'UNKNOWN_FACT'],
  ['a case that is not known yet', () => new NotKnownYet(), 'NotKnownYet', 'CASE_NOT_KNOWN_YET'],
  ['an edition that is not seen yet', () => new ReferenceMissing('policy 9'), 'ReferenceMissing', 'REFERENCE_NOT_SEEN'],
])('%s is known by name and code, and said in words', (_what, make, name, code) => {
  const error = make();
  expect(error).toMatchObject({ name, code });
  expect(error.message).toMatch(/ /);
});
