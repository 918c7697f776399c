export { parseImage } from './imageBehaviour';
export { ImageTags } from './imageId';
export { PodNode } from './PodNode';
