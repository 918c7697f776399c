export { applyPatchType, patchObject } from './patchObject';
export { isRecord } from './mergePatch';
