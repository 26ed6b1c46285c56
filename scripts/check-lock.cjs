'use strict';

const { packages } = require('../package-lock.json');

/**
 * npm leaves a binary package out of the lock file when the registry did not have it at that moment; the installation
 * then works here and fails on another system.
 */
function isLocked(name, asker) {
  for (let folder = asker; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (packages[`${folder}${folder === '' ? '' : '/'}node_modules/${name}`]) return true;
    if (!folder.includes('node_modules/')) return packages[`node_modules/${name}`] !== undefined;
  }
}

const missing = Object.entries(packages).flatMap(([where, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isLocked(name, where))
    .map(
      (name) =>
        `${where}: ${name} is not in package-lock.json; pin a version whose packages for all systems can be had`,
    ),
);
const hosts = Object.entries(packages).filter(([, { resolved }]) => /^https?:/.test(resolved ?? ''));
const complaints = [
  ...missing,
  ...hosts.map(([where, { resolved }]) => `${where}: the lock file holds an address (${resolved})`),
];
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;
