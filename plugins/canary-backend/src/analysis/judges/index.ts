import { Judge } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { comparison } from './comparison';
import { kayenta } from './kayenta';
import { sequential } from './sequential';
import { threshold } from './threshold';

/** The judges that come with the plugin; modules add theirs. */
export const builtInJudges = () =>
  new Registry<Judge>('judge', [threshold, comparison, sequential, kayenta]);
