import { StepDefinition } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { analysis } from './analysis';
import { approval } from './approval';
import { headerRoute } from './headerRoute';
import { mirror } from './mirror';
import { pause } from './pause';
import { setReplicas } from './setReplicas';
import { setWeight } from './setWeight';
import { webhook } from './webhook';

/** The steps that every plan may use; modules add theirs beside them. */
export const builtInSteps = () =>
  new Registry<StepDefinition>('step', [
    setWeight,
    pause,
    analysis,
    approval,
    setReplicas,
    headerRoute,
    mirror,
    webhook,
  ]);
