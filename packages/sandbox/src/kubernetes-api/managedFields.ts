import { Clock, timestamp } from '../clock';
import { ApiObject } from './model';

/** Notes who wrote, and when; the fields themselves are not told apart. */
export function withManager(
  object: ApiObject,
  manager: string,
  clock: Clock,
  subresource?: string,
): ApiObject {
  const others = (object.metadata.managedFields ?? []).filter(
    entry => entry.manager !== manager || entry.subresource !== subresource,
  );
  return {
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: [
        ...others,
        {
          manager,
          operation: 'Update',
          apiVersion: object.apiVersion,
          time: timestamp(clock),
          fieldsType: 'FieldsV1',
          fieldsV1: {},
          ...(subresource && { subresource }),
        },
      ],
    },
  };
}
