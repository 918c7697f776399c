import { act } from '@testing-library/react';

/** Hides or shows the browser tab. */
export function setHidden(hidden: boolean) {
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    value: hidden,
  });
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}
