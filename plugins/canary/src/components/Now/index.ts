export { NowCard } from './NowCard';
export { phaseSentence } from './PhaseHeadline';
