export const COMPOSER_ID = 'composer';

export const focusComposer = (): void => document.getElementById(COMPOSER_ID)?.focus();
