export { applyPatchType } from './applyPatchType';
export { isRecord } from './mergePatch';
