import type { Task, TaskName } from '@garda/domain';
import type { z } from 'zod';
import type { taskBody } from './case-file.body';

/** What is to be done, in both languages. */
const words: Readonly<Record<TaskName, { readonly id: string; readonly en: string }>> = {
  tell_citizen: {
    id: 'Sampaikan kabar kepada warga, lalu catat bahwa sudah disampaikan',
    en: 'Tell the citizen what is new, and record that you did (tell-citizen)',
  },
  decide_erasure: {
    id: 'Putuskan permintaan penghapusan data pribadi',
    en: 'Decide whether the personal data are erased (decide-erasure)',
  },
  retention_ends: {
    id: 'Masa simpan data pribadi berakhir: akan dihapus; tahan hanya bila masih diperlukan untuk pemeriksaan',
    en: 'The time of keeping ends and the personal data will be erased; keep them on only for an inquiry (decide-erasure)',
  },
  mandate_ends: {
    id: 'Kuasa warga segera berakhir: selesaikan urusannya, atau catat kuasa baru',
    en: 'The mandate is about to end: finish what it is for, or record another one (end-mandate, record-mandate)',
  },
  return_papers: {
    id: 'Kuasa sudah berakhir: kembalikan berkas kepada warga',
    en: 'The mandate has ended: give the papers back to the citizen (return-papers)',
  },
  papers_not_acknowledged: {
    id: 'Berkas dalam perjalanan belum diakui: pastikan di mana berkas itu',
    en: 'Papers on the way were not acknowledged: find out where they are',
  },
  papers_not_sent_on: {
    id: 'Kirim berkas kepada unit yang sekarang menangani',
    en: 'Send the papers to the unit that has the case now (hand-over-papers)',
  },
  papers_missing: {
    id: 'Kirim berkas yang kurang, atau nyatakan hilang',
    en: 'Send the missing papers, or declare them lost (hand-over-papers, lose-papers)',
  },
  completeness_check: {
    id: 'Periksa kelengkapan: terima, atau tanyakan yang kurang',
    en: 'Check whether the file is complete: accept it, or ask for what is missing (accept, ask)',
  },
  refund_not_decided: {
    id: 'Putuskan permintaan pengembalian uang',
    en: 'Decide the refund (decide-refund)',
  },
  refund_not_paid: {
    id: 'Bayarkan pengembalian uang yang sudah disetujui',
    en: 'Pay out the refund that was granted (refund-fee)',
  },
};

/** The tasks of both sections, oldest first. */
export function tasksOf(...sections: readonly (readonly Task[] | null)[]): z.infer<typeof taskBody>[] {
  const tasks = sections.flatMap((section) => section ?? []);
  return tasks
    .map(({ what, unit, since }) => ({ what, unit, since, words: words[what] }))
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
}
