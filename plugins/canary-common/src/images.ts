/** Container name to image reference. @public */
export type Images = Readonly<Record<string, string>>;
