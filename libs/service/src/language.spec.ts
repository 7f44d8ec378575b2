import { languageOf } from './language';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'id'],
    ['', 'id'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['id-ID,id;q=0.9,en;q=0.8', 'id'],
    ['en;q=0.5, id;q=0.9', 'id'],
    ['jv, en;q=0.3', 'en'],
    ['fr', 'id'],
    ['*', 'id'],
    ['id;q=0, en', 'en'],
    ['en;q=nonsense', 'en'],
  ])('for "%s" is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
