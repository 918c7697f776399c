import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages in a simulated browser take their time on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });
