import { AppError } from './app-error.js';

/** Does so much at once and refuses more: a queue would only make everybody wait, and then all of them ask again. */
export class AtMost {
  private running = 0;

  constructor(private readonly limit: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) throw new AppError('busy', { after: 1 + Math.ceil(Math.random() * 200) / 100 });
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
    }
  }
}
