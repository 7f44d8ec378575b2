/** The same bytes for every contestant: more than 500 as JSON. */
export const text = 'Jalan desa rusak sejak hujan pertama, dan warga menunggu jawaban dari kecamatan. '.repeat(7);
