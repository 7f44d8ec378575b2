/** Persons of catalogue/batang/staff.demo.yaml that the story needs. */
export const tulisOfficer = { person: 'tulis.officer' };
export const tulisHead = { person: 'tulis.head' };
export const kaliboyoOfficer = { person: 'kaliboyo.officer' };
export const kaliboyoHead = { person: 'kaliboyo.head' };
export const counter = { person: 'kec-tulis.counter' };
export const districtHead = { person: 'kec-tulis.head' };
export const registryOfficer = { person: 'disdukcapil.officer' };
export const lampOfficer = { person: 'dishub.officer' };
export const lampHead = { person: 'dishub.head' };
export const roadOfficer = { person: 'dpupr.officer' };
/** Takes over what a dispute about the first officer's decision has brought back. */
export const secondRoadOfficer = { person: 'dpupr.second' };
export const roadHead = { person: 'dpupr.head' };
export const wasteOfficer = { person: 'dlh.officer' };
/** The one who works on reports of an illegal levy, and the one who stands in for her. */
export const inspector = { person: 'inspektorat.officer' };
export const secretary = { person: 'setda.secretary' };
export const quality = { person: 'upkp2.officer' };
/** May read every case and change none: what we compare is seen through these eyes. */
export const auditor = { person: 'tpkp2.auditor' };

/** Citizens of the demo are invented; the telephone numbers belong to no network. */
export const citizens = {
  wati: { name: 'Wati Ningsih', nationalId: '3325100000000001', phone: '+62 800 0000 0001' },
  karno: { name: 'Karno Widjaja', nationalId: '3325100000000002', phone: '+62 800 0000 0002' },
  sulis: { name: 'Sulistyo', phone: '+62 800 0000 0003' },
  parmi: { name: 'Parmi Rahayu', phone: '+62 800 0000 0004' },
  darto: { name: 'Darto Suwito', phone: '+62 800 0000 0005' },
  yanti: { name: 'Yanti Kusuma', phone: '+62 800 0000 0006' },
  tejo: { name: 'Tejo Hadi', nationalId: '3325100000000007', phone: '+62 800 0000 0007' },
  mirna: { name: 'Mirna Dewi', phone: '+62 800 0000 0008' },
  joyo: { name: 'Joyo Saputro', phone: '+62 800 0000 0009' },
  lina: { name: 'Lina Marlina', nationalId: '3325100000000010', phone: '+62 800 0000 0010' },
  gito: { name: 'Gito Prabowo', nationalId: '3325100000000011', phone: '+62 800 0000 0011' },
  suryo: { name: 'Suryo Utomo', phone: '+62 800 0000 0013' },
  tini: { name: 'Tini Astuti', phone: '+62 800 0000 0012' },
} as const;
