import { useEffect } from 'react';

const REGIONS = '[data-region]';
const FOCUSABLE = 'textarea, input, a[href], button:not(:disabled), [tabindex="0"]';

const visible = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/** `data-region` says where to enter: the first of its selectors that has something to stand on. */
function enter(region: HTMLElement): void {
  const inside = (region.dataset['region'] || FOCUSABLE)
    .split(', ')
    .flatMap((selector) => [...region.querySelectorAll<HTMLElement>(selector)])
    .find((each) => visible(each) && each.tabIndex >= 0);
  (inside ?? region).focus();
}

/** F6 and Shift+F6 walk over the regions of the page: the list, the messages, the composer. */
export function useRegions(): void {
  useEffect(() => {
    const walk = (event: KeyboardEvent): void => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('[role="dialog"]')) return;
      const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(visible);
      if (regions.length === 0) return;
      event.preventDefault();
      const at = regions.findLastIndex((region) => region.contains(document.activeElement));
      const next = event.shiftKey ? (at <= 0 ? regions.length : at) - 1 : (at + 1) % regions.length;
      const region = regions[next];
      if (region) enter(region);
    };
    addEventListener('keydown', walk);
    return () => removeEventListener('keydown', walk);
  }, []);
}
