import type { Harness } from './harness';

/** A lamp that is out, in public, by somebody who can be reached. */
export const lamp = {
  standard: 'HB-01',
  identity: 'withheld',
  content: 'public',
  person: { name: 'Siti Rahayu', phone: '081234567890' },
  description: 'The lamp before the mosque is out; call me, Siti.',
  objectPlace: { areaCode: '33.25.10.2004', lat: -6.9, long: 109.8 },
  area: '33.25.10.2004',
  attributes: { road_class: 'regency' },
};
/** A proof of residence: private, named, with an answer that is personal. */
export const residence = {
  standard: 'DS-02',
  identity: 'named',
  content: 'private',
  person: { name: 'Budi Santoso' },
  description: 'I need a proof of residence.',
  area: '33.25.10.2004',
  attributes: { purpose: 'opening a bank account' },
};

export async function submit(to: Harness, body: object = lamp, headers: Record<string, string> = {}) {
  const reply = await to.post('/cases', body, headers);
  if (reply.status !== 201) throw new Error(`not submitted: ${reply.status} ${reply.text}`);
  return reply.json as unknown as {
    caseId: string;
    number: string;
    trackingCode: string;
    receivedAt: string;
    dueAt: string;
    receipt: { commitment: string; salt: string };
  };
}
