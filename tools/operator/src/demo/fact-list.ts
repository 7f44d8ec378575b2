/** So many notes of the citizen's news, as a case file is told in words. */
export const noted = (times: number): string => (times === 1 ? 'CaseProgressNoted' : `CaseProgressNoted×${times}`);

export const list = (...facts: string[]): string => facts.join(', ');
