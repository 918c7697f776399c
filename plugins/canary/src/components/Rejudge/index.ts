export { JudgeAgain } from './JudgeAgain';
