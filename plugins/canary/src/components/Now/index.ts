export { lastEnd } from './lastEnd';
export { nextStep } from './nextStep';
export { NowCard } from './NowCard';
export { phaseSentence } from './phaseSentence';
export { stepTimes } from './stepTimes';
