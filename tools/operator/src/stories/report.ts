import pc from 'picocolors';
import type { Scene } from './scene';

/** A scene in words, and what it showed. */
export function sceneReport({ title, told, shown }: Scene, index: number): string {
  const lines = shown.map(({ what, expected, seen, right }) =>
    right ? `   ${pc.green('✓')} ${what}: ${seen}` : `   ${pc.red('✗')} ${what}: ${seen}, expected ${expected}`,
  );
  return [pc.bold(`${index + 1}. ${title}`), ...told.map((line) => line.replaceAll(/^/gm, '   ')), ...lines, ''].join(
    '\n',
  );
}
