/** What is handed in: words and places are invented, nobody can be reached. */

/** A letter from a village: private, named, with sealed words and answers. */
export const letter = {
  ...{ standard: 'DS-02', identity: 'named', content: 'private', area: '33.25.10.2007' },
  person: { name: 'Wati Ningsih' },
  description: 'Untuk mendaftar sekolah anak, mohon surat keterangan domisili.',
  attributes: { purpose: 'Sekolah' },
};

/** A lamp that is out, each at a place of its own. */
export const lamp = (n) => ({
  ...{ standard: 'HB-01', identity: 'none', content: 'public', description: 'Lampu padam sejak tiga malam.' },
  objectPlace: {
    areaCode: '33.25.10.2007',
    lat: -6.9 - (n % 300) * 0.0005,
    long: 109.7 + Math.floor(n / 300) * 0.0005,
  },
  attributes: { road_class: 'regency' },
});
