import { execFileSync } from 'node:child_process';
import { mkdirSync, openSync, closeSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** This machine does not let us mount: the faults of a full disk cannot be shown on it. */
export class MountRefused extends Error {
  override readonly name = 'MountRefused';
}

/** A file system of a few megabytes in memory, that can be filled to the last byte and emptied again. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  static mount(folder: string, megabytes: number): SmallDisk {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'garda-faults', folder], {
        stdio: 'pipe',
      });
    } catch (error) {
      throw new MountRefused(`mount is refused here: ${String((error as { stderr?: Buffer }).stderr).trim()}`);
    }
    return new SmallDisk(folder);
  }

  /** Leaves no byte. Answers how many there were. */
  fill(): number {
    const file = openSync(join(this.folder, 'filler'), 'w');
    let written = 0;
    try {
      for (const size of [1_048_576, 4096, 1]) written += fillBy(file, Buffer.alloc(size));
    } finally {
      closeSync(file);
    }
    return written;
  }

  empty(): void {
    rmSync(join(this.folder, 'filler'), { force: true });
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return Number(bavail) * Number(bsize);
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.folder], { stdio: 'pipe' });
  }
}

function fillBy(file: number, piece: Buffer): number {
  let written = 0;
  for (;;) {
    try {
      written += writeSync(file, piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return written;
      throw error;
    }
  }
}
