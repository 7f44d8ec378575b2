/** The languages of the house; the first is spoken when nobody asks. */
export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

/** The best language for an `Accept-Language` header (RFC 9110, 12.5.4); Bahasa Indonesia when none fits. */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...params] = part.trim().split(';');
      const q = params.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find((v) => v !== undefined);
      return { primary: range.trim().toLowerCase().split('-')[0], weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { primary } of wishes) {
    if (primary === '*') return languages[0];
    const match = languages.find((language) => language === primary);
    if (match !== undefined) return match;
  }
  return languages[0];
}
