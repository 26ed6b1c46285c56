import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: { classGroups: { 'font-size': [{ text: ['xs', 'sm', 'md', 'lg', 'xl'] }] } },
});

export const cn = (...parts: ClassValue[]): string => merge(clsx(parts));
