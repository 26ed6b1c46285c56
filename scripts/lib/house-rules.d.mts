import type { ESLint } from 'eslint';

declare const plugin: ESLint.Plugin & { rules: Record<string, unknown> };
export default plugin;
