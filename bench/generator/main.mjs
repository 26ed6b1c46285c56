import { Crowd } from './crowd.mjs';
import { closedLoop } from './closed-loop.mjs';
import { hotLoop } from './hot-loop.mjs';
import { openLoop } from './open-loop.mjs';
import { readPages } from './read-pages.mjs';

let crowd;

const methods = {
  connect: async (options) => {
    crowd?.disconnect();
    crowd = await Crowd.connect(options);
  },
  disconnect: () => crowd?.disconnect(),
  closedLoop: (options) => closedLoop(crowd, options),
  openLoop: (options) => openLoop(crowd, options),
  hotLoop: (options) => hotLoop(crowd, options),
  readPages,
};

process.on('message', ({ call, method, options }) => {
  Promise.resolve(methods[method](options)).then(
    (result) => process.send({ call, result }),
    (error) => process.send({ call, error: error.stack }),
  );
});
