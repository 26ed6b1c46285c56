'use strict';

const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

const TEXT = /\.(html|js|css|svg|txt|json)$/;
/** Below this the headers weigh more than what is saved. */
const SMALLEST = 1024;

/** Writes each text file of a folder twice more, as hard as it goes: once at build time instead of at every request. */
function compressFolder(folder) {
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, String(name));
    if (!TEXT.test(file) || fs.statSync(file).size < SMALLEST) continue;
    const bytes = fs.readFileSync(file);
    const params = { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, { params }));
    fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
  }
}

module.exports = { compressFolder };
