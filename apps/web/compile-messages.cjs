'use strict';

const { createRequire } = require('node:module');

/** The compiler belongs to use-intl and has to be of its version, so it is found from there. */
const compiler = import(createRequire(require.resolve('use-intl')).resolve('icu-minify/compile'));

const compileTree = (compile, tree) =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compileTree(compile, value),
    ]),
  );

/** Parses the messages while building, so that no parser travels to the browser. */
module.exports = function compileMessages(source) {
  const done = this.async();
  compiler
    .then(({ default: compile }) => `export default ${JSON.stringify(compileTree(compile, JSON.parse(source)))};`)
    .then((code) => done(null, code), done);
};
