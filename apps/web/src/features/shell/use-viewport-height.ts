import { useEffect } from 'react';

/** Where a keyboard covers the page instead of shrinking it, the page shrinks itself, so that the composer stays above. */
export function useViewportHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const fit = (): void => {
      const covered = innerHeight - viewport.height > 80 && viewport.scale === 1;
      const { style } = document.documentElement;
      if (covered) style.setProperty('--viewport-height', `${viewport.height}px`);
      else style.removeProperty('--viewport-height');
      if (covered) scrollTo(0, 0);
    };
    viewport.addEventListener('resize', fit);
    return () => viewport.removeEventListener('resize', fit);
  }, []);
}
