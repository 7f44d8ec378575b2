/** A report of an illegal levy by somebody who gives no name. */
export const levy = {
  standard: 'LV-01',
  identity: 'none',
  content: 'private',
  description: 'They asked for fifty thousand before they wrote the letter.',
  objectPlace: {},
  attributes: { reported_unit: 'kec-33.25.10', amount: '50000', for_what: 'a letter' },
};
/** The same by somebody who left a telephone number. */
export const namedLevy = { ...levy, identity: 'named', person: { name: 'Siti Rahayu', phone: '081298765432' } };
