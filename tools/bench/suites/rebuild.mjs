export const title = 'x'; export const plan = { full: {}, quick: {} }; export async function measure() { throw new Error('not yet'); }
